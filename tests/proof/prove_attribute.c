/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Proofs that attributes are validated, encoded and decoded. prove_attribute.sed has the
 * invariant of the loop over the bytes of numbers.
 *
 * Claims about every byte are proved for one watched byte, which may be any. No type has numbers
 * both in its head and as elements, so an attribute has at most one list of numbers.
 */
#include "task_memory_model.h"

/* The watched byte of the numbers that are copied: its index, its index in the copy, its value. */
static size_t watched_from, watched_to;
static BYTE watched_byte;

#include "soh_attribute.c"

static void begin(void)
{
    live_blocks = 0;
    free(NULL); /* if a loop has an invariant, the checker needs a call of free */
}

/* Watches any one byte of the numbers, which have SIZE bytes. */
static void watch(const struct layout *layout, const BYTE *numbers, size_t size)
{
    watched_from = nondet_size();
    watched_to = watched_from ^ ((layout->is_number ? layout->element : layout->head) - (size_t)1);
    if (watched_from < size)
        watched_byte = numbers[watched_from];
}

/* Sets the array of a value to NULL or to a block with as many elements as the value's count. */
static void any_elements(const struct layout *layout, SoHAttributeValue *value)
{
    BYTE *array = any_block_or_null((size_t)read_count(layout, value) * layout->element);

    if (has_elements(layout))
        *(void **)(void *)((BYTE *)value + layout->array_offset) = array;
}

/* Returns how many bytes the numbers of an attribute have. */
static size_t numbers_size(const struct layout *layout, const SoHAttribute *attribute)
{
    return layout->is_number ? attribute->size : layout->head;
}

/* For any type and value, and any failed allocations: each byte is in its place, or unchanged. */
void prove_soh_attribute_encode(void)
{
    const SoHAttributeType type = (SoHAttributeType)nondet_uint32();
    const struct layout *layout = layout_of((UINT32)type);
    SoHAttribute attribute = {1, 1, NULL};
    SoHAttributeValue value;
    const BYTE *array;
    size_t place;
    HRESULT hr;

    begin();
    any_elements(layout, &value);
    array = read_array(layout, &value);
    if (!layout->is_number)
        watch(layout, (const BYTE *)&value, layout->head);
    else
        watch(layout, array, array ? read_count(layout, &value) * sizeof(HRESULT) : 0);

    hr = soh_attribute_encode(type, &value, &attribute);
    CLAIM(hr == S_OK || hr == E_INVALIDARG || hr == E_OUTOFMEMORY, "the result is known");
    if (FAILED(hr))
    {
        CLAIM(attribute.size == 1 && !attribute.value, "on failure the attribute is untouched");
        CLAIM(live_blocks == 0, "on failure nothing is left");
        return;
    }
    CLAIM((UINT32)type <= UINT16_MAX && attribute.type == (UINT32)type, "the type has 16 bits");
    CLAIM(attribute.size <= maxSoHAttributeSize, "the size is 4,000 at most");
    CLAIM(live_blocks == (attribute.size != 0), "there is one block, where there are bytes");
    CLAIM(soh_attribute_is_valid(&attribute), "the attribute is valid");
    if (watched_from < numbers_size(layout, &attribute))
        CLAIM(attribute.value[watched_to] == watched_byte, "each byte of a number is in its place");
    place = nondet_size();
    if (!layout->is_number && place < (size_t)attribute.size - layout->head)
        CLAIM(attribute.value[layout->head + place] == array[place], "each octet is in its place");
}

static SoHAttribute any_attribute(void)
{
    SoHAttribute attribute;

    attribute.type = nondet_uint16();
    attribute.size = nondet_uint16();
    attribute.value = any_block_or_null(attribute.size);
    return attribute;
}

/* For any attribute: if it is accepted, it has at most 4,000 bytes and a complete head. */
void prove_soh_attribute_is_valid(void)
{
    const SoHAttribute attribute = any_attribute();

    begin();
    if (!soh_attribute_is_valid(&attribute))
        return;
    CLAIM(attribute.size <= maxSoHAttributeSize, "the size is 4,000 at most");
    CLAIM(attribute.value || attribute.size == 0, "there are no bytes at NULL");
    CLAIM(attribute.size >= layout_of(attribute.type)->head, "the head is there");
}

/* For any valid attribute, and any failed allocations: each byte is in its place, or none is. */
void prove_soh_attribute_decode(void)
{
    const SoHAttribute attribute = any_attribute();
    const struct layout *layout = layout_of(attribute.type);
    const size_t size = (size_t)attribute.size - layout->head, place = nondet_size();
    SoHAttributeValue value = {0};
    const BYTE *numbers, *array;
    HRESULT hr;

    begin();
    GIVEN(soh_attribute_is_valid(&attribute));
    watch(layout, attribute.value, numbers_size(layout, &attribute));
    hr = soh_attribute_decode(&attribute, &value);
    CLAIM(hr == S_OK || hr == E_OUTOFMEMORY, "the result is known");
    CLAIM(live_blocks == (hr == S_OK && size != 0), "there is one block, where there are elements");
    if (FAILED(hr))
        return;
    array = read_array(layout, &value);
    numbers = layout->is_number ? array : (const BYTE *)&value;
    CLAIM(read_count(layout, &value) * layout->element == size,
          "the count is that of the elements");
    CLAIM((array != NULL) == (size != 0), "the block is in the value");
    if (watched_from < numbers_size(layout, &attribute))
        CLAIM(numbers[watched_to] == watched_byte, "each byte of a number is in its place");
    if (!layout->is_number && place < size)
        CLAIM(array[place] == attribute.value[layout->head + place], "each octet is in its place");
}
