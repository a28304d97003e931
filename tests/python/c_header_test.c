/* SPDX-License-Identifier: Apache-2.0 */
/* The header is C, and a C program can use what it declares. */
#include <stdio.h>

#include "generators/python/wristsim.h"

int main(void) {
  wristsim_recipe* recipe = wristsim_open("/nowhere.toml", NULL, 0, NULL);
  if (recipe != NULL || wristsim_error_kind() != 2) {
    fprintf(stderr, "expected a usage error, found kind %d: %s\n", wristsim_error_kind(),
            wristsim_error());
    return 1;
  }
  wristsim_close(recipe);
  printf("wristsim %s: %s\n", wristsim_version(), wristsim_error());
  return 0;
}
