internal import Files

/// The bytes of a segment: memory of its own, or a mapped file. They never change.
final class SegmentMemory: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    /// Nil for memory of its own.
    private let mapping: MappedFile?

    init(_ mapping: MappedFile) {
        self.mapping = mapping
        bytes = mapping.unsafeBytes
    }

    /// Takes memory that `UnsafeMutableRawPointer.allocate` gave.
    init(owning memory: UnsafeMutableRawPointer, count: Int) {
        mapping = nil
        bytes = UnsafeRawBufferPointer(start: memory, count: count)
    }

    var isMapped: Bool { mapping != nil }

    deinit {
        if mapping == nil { bytes.baseAddress?.deallocate() }
    }
}
