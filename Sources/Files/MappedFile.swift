internal import Glibc

/// A file mapped for reading. It stays mapped for as long as something refers to it.
public final class MappedFile: Sendable {
    public let path: String
    /// The bytes that are mapped.
    public let count: Int
    /// Never written through, so reading from several threads is safe.
    nonisolated(unsafe) private let base: UnsafeRawPointer?

    /// Maps the whole file at `path`, which is not to change meanwhile.
    public convenience init(path: String) throws(FileError) {
        let file = try File(path, .read), status = try file.status
        guard status.isFile else { throw FileError(.map, path: path, code: EISDIR) }
        try self.init(file, count: status.size, flags: MAP_PRIVATE)
    }

    /// Maps the first `count` bytes of an open file. The mapping shows what is written later.
    public convenience init(_ file: File, count: Int) throws(FileError) {
        try self.init(file, count: count, flags: MAP_SHARED)
    }

    private init(_ file: File, count: Int, flags: Int32) throws(FileError) {
        path = file.path
        self.count = count
        if count == 0 {
            base = nil
            return
        }
        guard let mapping = mmap(nil, count, PROT_READ, flags, file.descriptor, 0), mapping != MAP_FAILED else {
            throw FileError(.map, path: file.path, code: errno)
        }
        base = UnsafeRawPointer(mapping)
    }

    deinit {
        if let base { munmap(UnsafeMutableRawPointer(mutating: base), count) }
    }

    /// All bytes, which are valid for as long as the mapping lives. They begin on a page.
    public var unsafeBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// The bytes of `range`, which must lie within the mapping.
    public func withBytes<Result, Failure: Error>(
        in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return try body(UnsafeRawBufferPointer(rebasing: unsafeBytes[range]))
    }

    /// Lets the system take back the memory that holds the whole pages in `range`; they are read again if asked for.
    public func release(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        let page = Int(getpagesize())
        let start = (range.lowerBound + page - 1) / page * page, end = range.upperBound / page * page
        guard let base, start < end else { return }
        madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, MADV_DONTNEED)
    }

    /// Says that bytes will be read here and there: what is missing is read a page at a time, and nothing ahead of it.
    public func expectScatteredReads() {
        if let base { madvise(UnsafeMutableRawPointer(mutating: base), count, MADV_RANDOM) }
    }

    /// Begins to read the pages of `range`, without waiting for them.
    public func prefetch(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        let page = Int(getpagesize())
        let start = range.lowerBound / page * page
        guard let base, start < range.upperBound else { return }
        madvise(UnsafeMutableRawPointer(mutating: base + start), range.upperBound - start, MADV_WILLNEED)
    }

    /// A little-endian integer at `offset`, or nil beyond the end.
    public func integer<Value: FixedWidthInteger & Sendable>(at offset: Int, as type: Value.Type) -> Value? {
        let width = MemoryLayout<Value>.size
        guard offset >= 0, offset <= count - width else { return nil }
        return withBytes(in: offset..<(offset + width)) { Value(littleEndian: $0.loadUnaligned(as: Value.self)) }
    }
}
