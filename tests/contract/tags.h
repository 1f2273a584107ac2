/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Where the expectation of a test is known from, in the line that registers the test.
 * qutil-conformance reads it there; CMocka takes it for the test's initial state, which no test
 * looks at.
 *
 * A test has the tag of its weakest expectation: one that asserts a documented code together with a
 * decided value of the out parameter is decided. What is inferred counts as observed where real
 * packets support it, and as decided where nothing does. Error codes of the classes that no
 * reference names are decided, and so are sizes of blocks. The references to a class object are too:
 * a DLL may keep it for the next caller.
 */
#ifndef TAGS_H
#define TAGS_H

#define DOCUMENTED "documented"
#define OBSERVED   "observed"
#define DECIDED    "decided"
/* No part of the contract: how this project builds its DLL, and what takes a NapAgent service that
 * comes and goes, which the systems of the original have for themselves. */
#define OWN "own"

/* clang-format off */
#define TAGGED_TEST(tag, test, setup, teardown) {#test, test, setup, teardown, (void *)(tag)}
/* clang-format on */

#endif
