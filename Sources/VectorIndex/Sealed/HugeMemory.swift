internal import CVectorKernels

/// Zeroed memory on huge pages where the system has them: walks touch it in random order.
final class HugeMemory: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer

    /// - Throws: `outOfMemory`.
    init(count: Int) throws(VectorIndexError) {
        guard count >= 0, let start = cvk_memory_map(max(1, count), true) else { throw .outOfMemory }
        bytes = UnsafeMutableRawBufferPointer(start: start, count: count)
    }

    deinit {
        if let start = bytes.baseAddress { cvk_memory_unmap(start, max(1, bytes.count)) }
    }

    /// The bytes from `offset` on, as `count` elements.
    func elements<Element: BitwiseCopyable>(
        _ type: Element.Type, at offset: Int = 0, count: Int
    ) -> UnsafeMutableBufferPointer<Element> {
        precondition(offset >= 0 && count >= 0 && offset + count * MemoryLayout<Element>.stride <= bytes.count)
        return UnsafeMutableRawBufferPointer(rebasing: bytes[offset..<(offset + count * MemoryLayout<Element>.stride)])
            .bindMemory(to: type)
    }
}
