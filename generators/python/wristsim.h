/* SPDX-License-Identifier: Apache-2.0 */
/* wristsim for any language that can call C: recipes drawn and recorded in process, datasets made and
 * described.
 *
 *   recipe.toml -> wristsim_open -> wristsim_record(index) -> arrays, and JSON about them
 *
 * Handles are opaque. A function that fails returns NULL or -1; what went wrong is then told by
 * wristsim_error_kind and wristsim_error, per thread. Text is UTF-8. An open recipe may be used by
 * any number of threads at once; a recording by one. No function prints, exits or installs a signal
 * handler. */
#ifndef WRISTSIM_H_
#define WRISTSIM_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WRISTSIM_API __attribute__((visibility("default")))

typedef struct wristsim_recipe wristsim_recipe;
typedef struct wristsim_recording wristsim_recording;

/* Numbers of a recording, row by row; they live as long as the recording. */
typedef struct {
  const char* path;     /* "imu/accel", "truth/case_position", "windows/imu_start" */
  const char* element;  /* "i1" "i2" "i4" "i8" "u1" "u8" "f4" "f8"; of this machine's byte order */
  int64_t rows, columns;
  int32_t rank;         /* 1: a vector, columns is 1; 2: a matrix */
  const void* values;
} wristsim_array;

/* Called after every recording, from any one thread at a time; anything but 0 stops the run. */
typedef int32_t (*wristsim_progress)(int64_t done, int64_t total, void* user);

typedef struct {
  int32_t jobs;                /* threads; the data are the same for any number */
  int32_t force;               /* not 0: make every shard anew, whatever is there */
  wristsim_progress progress;  /* may be NULL */
  void* user;                  /* handed to progress */
} wristsim_run;

/* "0.1.0", and the commit it was built from or "unknown". */
WRISTSIM_API const char* wristsim_version(void);
WRISTSIM_API const char* wristsim_commit(void);

/* Of the last call of this thread that failed. Kinds are the exit codes of the program: 1 check
 * failed, 2 usage, 65 bad data, 70 internal, 74 io, 75 try again, 130 interrupted; 0: none. */
WRISTSIM_API int32_t wristsim_error_kind(void);
WRISTSIM_API const char* wristsim_error(void);

/* Reads recipe and assets. `set`: `set_count` overrides "key=value". `assets`: the asset folder, or
 * NULL to look for it as the program does. Clips are read and cleaned here, on one thread. */
WRISTSIM_API wristsim_recipe* wristsim_open(const char* recipe, const char* const* set,
                                            int64_t set_count, const char* assets);
WRISTSIM_API void wristsim_close(wristsim_recipe* recipe); /* NULL is fine */

/* What the recipe will make; the resolved recipe; its hash. JSON but for the hash. To be freed. */
WRISTSIM_API char* wristsim_plan(const wristsim_recipe* recipe);
WRISTSIM_API char* wristsim_resolved(const wristsim_recipe* recipe);
WRISTSIM_API char* wristsim_sha256(const wristsim_recipe* recipe);

/* Makes every shard in the folder `out`. Returns the run report, JSON, to be freed. */
WRISTSIM_API char* wristsim_generate(const wristsim_recipe* recipe, const char* out,
                                     const wristsim_run* run);

/* What one shard says of itself: JSON, to be freed. */
WRISTSIM_API char* wristsim_inspect(const char* shard);

WRISTSIM_API void wristsim_free(char* text); /* NULL is fine */

/* Lets this process keep the memory that recordings are made in, arrays of megabytes, as the program
 * does: a quarter more recordings per second, and a process that does not shrink. Never undone. */
WRISTSIM_API void wristsim_keep_memory(void);

/* The index-th recording of the recipe, also beyond its count: the numbers of a shard's rows for
 * it, with class_id and windows as the shard would have them, rows counted from 0. */
WRISTSIM_API wristsim_recording* wristsim_record(const wristsim_recipe* recipe, uint64_t index);
WRISTSIM_API void wristsim_release(wristsim_recording* recording); /* NULL is fine */

WRISTSIM_API int64_t wristsim_array_count(const wristsim_recording* recording);
/* Returns 0, or -1 if there is no such array. */
WRISTSIM_API int32_t wristsim_array_at(const wristsim_recording* recording, int64_t at,
                                       wristsim_array* array);
/* JSON: index, scenario, labels, events, classes, attributes by path. Lives as long as the
 * recording. */
WRISTSIM_API const char* wristsim_about(const wristsim_recording* recording);

#ifdef __cplusplus
}
#endif

#endif /* WRISTSIM_H_ */
