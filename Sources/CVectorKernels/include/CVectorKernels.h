// Distance kernels, checksums and the HNSW graph's inner loops. Wrapped by the Swift target VectorKernels.
#ifndef CVECTORKERNELS_H
#define CVECTORKERNELS_H

#include "cvk_distance.h"
#include "cvk_checksum.h"
#include "cvk_codes.h"
#include "cvk_graph.h"
#include "cvk_memory.h"
#include "cvk_sealed.h"
#include "cvk_build.h"
#include "cvk_rows.h"

#endif
