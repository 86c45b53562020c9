#define LANES 4
#define MAXIMUM_ROWS 6
#define KERNELS cm_kernels_portable
#include "kernels_template.h"
