/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The entry of the consumer where there is a C runtime.
 */
int consume(void);

int main(void)
{
    return consume();
}
