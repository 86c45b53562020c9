internal import Glibc

/// A file mapped for reading. It stays mapped for as long as something refers to it.
final class MappedFile: Sendable {
    let path: String
    /// The mapped bytes. The mapping is private and never written, so reading it from several threads is safe.
    nonisolated(unsafe) private let base: UnsafeRawPointer?
    let count: Int

    init(path: String) throws(WeightsError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotRead(file: path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .cannotRead(file: path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .cannotRead(file: path, errno: EISDIR) }
        self.path = path
        self.count = Int(status.st_size)
        guard count > 0 else {
            self.base = nil
            return
        }
        guard let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), mapping != MAP_FAILED else {
            throw .cannotRead(file: path, errno: errno)
        }
        self.base = UnsafeRawPointer(mapping)
    }

    deinit {
        if let base { munmap(UnsafeMutableRawPointer(mutating: base), count) }
    }

    /// The bytes of `range`, which must lie within the file.
    func withBytes<Result, Failure: Error>(
        in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        let whole = UnsafeRawBufferPointer(start: base, count: count)
        return try body(UnsafeRawBufferPointer(rebasing: whole[range]))
    }

    /// Lets the system take back the memory that holds the whole pages in `range`; they are read again if asked for.
    func release(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        let page = Int(getpagesize())
        let start = (range.lowerBound + page - 1) / page * page, end = range.upperBound / page * page
        guard let base, start < end else { return }
        madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, MADV_DONTNEED)
    }

    /// A little-endian integer at `offset`, or nil beyond the end.
    func integer<Value: FixedWidthInteger & Sendable>(at offset: Int, as type: Value.Type) -> Value? {
        let width = MemoryLayout<Value>.size
        guard offset >= 0, offset <= count - width else { return nil }
        return withBytes(in: offset..<(offset + width)) { Value(littleEndian: $0.loadUnaligned(as: Value.self)) }
    }
}
