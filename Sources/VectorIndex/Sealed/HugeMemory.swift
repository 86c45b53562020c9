internal import Glibc

/// Zeroed memory on huge pages where the system has them: walks touch it in random order.
final class HugeMemory: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer
    private let mapping: UnsafeMutableRawBufferPointer

    /// - Throws: `outOfMemory`.
    init(count: Int) throws(VectorIndexError) {
        let page = 2 << 20
        let (length, overflow) = max(1, count).addingReportingOverflow(page)
        guard !overflow,
            let memory = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            memory != MAP_FAILED
        else { throw .outOfMemory }
        mapping = UnsafeMutableRawBufferPointer(start: memory, count: length)
        // What begins on a huge page needs the fewest.
        let start = memory.alignedUp(toMultipleOf: page)
        bytes = UnsafeMutableRawBufferPointer(start: start, count: count)
        madvise(start, max(1, count), MADV_HUGEPAGE)
    }

    deinit { munmap(mapping.baseAddress, mapping.count) }

    /// The bytes from `offset` on, as `count` elements.
    func elements<Element: BitwiseCopyable>(
        _ type: Element.Type, at offset: Int = 0, count: Int
    ) -> UnsafeMutableBufferPointer<Element> {
        precondition(offset >= 0 && count >= 0 && offset + count * MemoryLayout<Element>.stride <= bytes.count)
        return UnsafeMutableRawBufferPointer(rebasing: bytes[offset..<(offset + count * MemoryLayout<Element>.stride)])
            .bindMemory(to: type)
    }
}
