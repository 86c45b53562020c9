#include <cblas.h>

#include "CMatrixKernels.h"

void cm_openblas_linear(cm_isa isa, int threads, const cm_linear_arguments *arguments) {
    openblas_set_num_threads(threads);
    cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, (blasint)arguments->m, (blasint)arguments->n, (blasint)arguments->k,
        1, arguments->input, (blasint)arguments->input_stride, arguments->packed, (blasint)arguments->k,
        arguments->accumulate ? 1 : 0, arguments->output, (blasint)arguments->output_stride);
    if (arguments->bias || arguments->activation != CM_ACTIVATION_NONE)
        cm_activate(
            isa, threads, arguments->output, arguments->output_stride, arguments->m, arguments->n, arguments->bias,
            arguments->activation);
}
