#ifndef CVK_CHECKSUM_H
#define CVK_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `count` bytes, continuing from `crc` (0 to begin).
uint32_t cvk_crc32c(uint32_t crc, const void *_Nullable bytes, size_t count);

/// The same by table, on any CPU: what the hardware's answer is tested against.
uint32_t cvk_crc32c_portable(uint32_t crc, const void *_Nullable bytes, size_t count);

#ifdef __cplusplus
}
#endif
#endif
