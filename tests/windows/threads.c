/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Runs a function in eight threads at once, and marshals an object in a single-threaded apartment.
 */
#include "test.h"

#include <stdlib.h>

#include <windows.h>
#include <objbase.h>

#include "classes.h"
#include "threads.h"

#define TIMEOUT 60000

static HANDLE start;

static DWORD WINAPI begin(void *context)
{
    struct thread *thread = context;

    WaitForSingleObject(start, INFINITE);
    thread->function(thread);
    return 0;
}

unsigned run_threads(void (*function)(struct thread *thread), void *context)
{
    struct thread threads[THREADS] = {{0}};
    unsigned i, accepted = 0;

    start = CreateEventA(NULL, TRUE, FALSE, NULL);
    assert_non_null(start);
    /* CMocka leaves the test by longjmp, which other threads cannot, or with this by abort. */
    _putenv("CMOCKA_TEST_ABORT=1");
    for (i = 0; i < THREADS; i++)
    {
        threads[i].function = function;
        threads[i].context = context;
        threads[i].number = i;
        threads[i].handle = CreateThread(NULL, 0, begin, &threads[i], 0, NULL);
        assert_non_null(threads[i].handle);
    }
    SetEvent(start);
    for (i = 0; i < THREADS; i++)
    {
        assert_int_equal(WaitForSingleObject(threads[i].handle, TIMEOUT), WAIT_OBJECT_0);
        CloseHandle(threads[i].handle);
        accepted += threads[i].accepted;
    }
    _putenv("CMOCKA_TEST_ABORT=");
    CloseHandle(start);
    return accepted;
}

struct parcel
{
    IUnknown *object;
    const IID *iid;
    IStream *stream;
    HRESULT hr;
};

static DWORD WINAPI marshal_from_sta(void *context)
{
    struct parcel *parcel = context;

    parcel->hr = CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    if (FAILED(parcel->hr))
        return 1;
    parcel->hr =
        CoMarshalInterThreadInterfaceInStream(parcel->iid, parcel->object, &parcel->stream);
    CoUninitialize();
    return 0;
}

void assert_has_no_apartment(const CLSID *clsid, const IID *iid)
{
    struct parcel parcel = {new_object(clsid, iid), iid, NULL, E_FAIL};
    HANDLE thread = CreateThread(NULL, 0, marshal_from_sta, &parcel, 0, NULL);
    IUnknown *received = SENTINEL;

    assert_int_equal(WaitForSingleObject(thread, TIMEOUT), WAIT_OBJECT_0);
    CloseHandle(thread);
    assert_int_equal(parcel.hr, S_OK);
    assert_int_equal(CoGetInterfaceAndReleaseStream(parcel.stream, iid, (void **)&received), S_OK);
    assert_ptr_equal(received, parcel.object);
    assert_int_equal(IUnknown_Release(received), 1);
    assert_int_equal(IUnknown_Release(parcel.object), 0);
    assert_int_equal(classes_can_unload_now(), S_OK);
}
