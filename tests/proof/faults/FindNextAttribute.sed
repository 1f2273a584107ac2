# src/qutil/soh_processor.c: the attribute at the location is skipped.
# there is none before it
s/for (i = fromLocation; i/for (i = fromLocation + 1; i/
