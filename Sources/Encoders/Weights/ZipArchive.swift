internal import CZlib
internal import Files

/// The directory of a ZIP file as torch writes it: tensors stored without compression, some texts deflated.
///
/// Source: PKWARE's APPNOTE.TXT, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.14 to 4.3.16 (ends), 4.5.3 (Zip64).
struct ZipArchive {
    struct Entry: Equatable {
        let name: String
        /// Where the contents lie in the file, deflated or as they are.
        let bytes: Range<Int>
        /// The length of the contents.
        let size: Int
        let isDeflated: Bool
    }

    /// Far above what real archives need.
    enum Limit {
        static let entries = 1 << 18
        /// Of one deflated entry, unpacked.
        static let inflatedBytes = 32 << 20
        /// How much a deflated entry may swell; torch's code shrinks to about a tenth.
        static let ratio = 250
    }

    private let file: MappedFile
    let entries: [String: Entry]

    static func isArchive(_ file: MappedFile) -> Bool { file.integer(at: 0, as: UInt32.self) == 0x0403_4b50 }

    init(_ file: MappedFile) throws(WeightsError) {
        let malformed = WeightsError.damaged(file: file.path, .malformedArchive)
        let directory = try Self.directory(of: file)
        guard directory.entries <= Limit.entries else { throw malformed }
        var entries: [String: Entry] = [:]
        var position = directory.start
        for _ in 0..<directory.entries {
            guard position <= directory.end - 46, let header = Header(file, at: position),
                header.end <= directory.end
            else { throw malformed }
            position = header.end
            let name = header.name
            guard header.method == 0 || header.method == 8, header.flags & 1 == 0 else {
                throw .unsupported(file: file.path, .compressedEntry(name: name))
            }
            guard header.method == 8 || header.compressed == header.size,
                let bytes = header.contents(file, before: directory.start), let size = Int(exactly: header.size),
                entries.updateValue(
                    Entry(name: name, bytes: bytes, size: size, isDeflated: header.method == 8), forKey: name) == nil
            else { throw .damaged(file: file.path, .malformedEntry(name: name)) }
        }
        self.file = file
        self.entries = entries
    }

    /// The place of an entry that is stored as it is.
    func place(of entry: Entry) throws(WeightsError) -> Range<Int> {
        guard !entry.isDeflated else { throw .unsupported(file: file.path, .compressedEntry(name: entry.name)) }
        return entry.bytes
    }

    /// The contents of a small entry, unpacked.
    ///
    /// - Throws: `WeightsError.damaged` if they are not what the directory says, or swell beyond what torch's entries do.
    func contents(of entry: Entry) throws(WeightsError) -> [UInt8] {
        let malformed = WeightsError.damaged(file: file.path, .malformedEntry(name: entry.name))
        guard entry.size <= Limit.inflatedBytes, entry.size / Limit.ratio <= entry.bytes.count else { throw malformed }
        guard entry.isDeflated else { return file.withBytes(in: entry.bytes) { Array($0) } }
        let size = entry.size
        let contents = file.withBytes(in: entry.bytes) { packed -> [UInt8]? in
            var isComplete = false
            let unpacked = [UInt8](unsafeUninitializedCapacity: size) { output, count in
                isComplete = czlib_inflate_raw(packed.baseAddress, packed.count, output.baseAddress, size)
                count = isComplete ? size : 0
            }
            return isComplete ? unpacked : nil
        }
        guard let contents else { throw malformed }
        return contents
    }

    private static func directory(of file: MappedFile) throws(WeightsError) -> (start: Int, end: Int, entries: Int) {
        let longestComment = 65_535, size = 22
        var end = file.count - size
        while end >= 0, end >= file.count - size - longestComment {
            if file.integer(at: end, as: UInt32.self) == 0x0605_4b50 { break }
            end -= 1
        }
        guard end >= 0, end >= file.count - size - longestComment else {
            throw .damaged(file: file.path, .truncated)
        }
        let malformed = WeightsError.damaged(file: file.path, .malformedArchive)
        guard var entries = file.integer(at: end + 10, as: UInt16.self).map(UInt64.init),
            var bytes = file.integer(at: end + 12, as: UInt32.self).map(UInt64.init),
            var start = file.integer(at: end + 16, as: UInt32.self).map(UInt64.init)
        else { throw malformed }
        if entries == 0xFFFF || bytes == 0xFFFF_FFFF || start == 0xFFFF_FFFF {
            guard file.integer(at: end - 20, as: UInt32.self) == 0x0706_4b50,
                let record = file.integer(at: end - 12, as: UInt64.self).flatMap(Int.init(exactly:)),
                file.integer(at: record, as: UInt32.self) == 0x0606_4b50, record <= file.count - 56,
                let longEntries = file.integer(at: record + 32, as: UInt64.self),
                let longBytes = file.integer(at: record + 40, as: UInt64.self),
                let longStart = file.integer(at: record + 48, as: UInt64.self)
            else { throw malformed }
            (entries, bytes, start) = (longEntries, longBytes, longStart)
        }
        guard let first = Int(exactly: start), let length = Int(exactly: bytes), let number = Int(exactly: entries),
            first <= end, length <= end - first
        else { throw malformed }
        return (first, first + length, number)
    }

    /// One entry of the directory.
    private struct Header {
        let flags: UInt16, method: UInt16
        var compressed: UInt64, size: UInt64, offset: UInt64
        let name: String
        let end: Int

        init?(_ file: MappedFile, at position: Int) {
            guard file.integer(at: position, as: UInt32.self) == 0x0201_4b50,
                let flags = file.integer(at: position + 8, as: UInt16.self),
                let method = file.integer(at: position + 10, as: UInt16.self),
                let compressed = file.integer(at: position + 20, as: UInt32.self),
                let size = file.integer(at: position + 24, as: UInt32.self),
                let nameLength = file.integer(at: position + 28, as: UInt16.self),
                let extraLength = file.integer(at: position + 30, as: UInt16.self),
                let commentLength = file.integer(at: position + 32, as: UInt16.self),
                let offset = file.integer(at: position + 42, as: UInt32.self)
            else { return nil }
            let nameStart = position + 46, extraStart = nameStart + Int(nameLength)
            self.end = extraStart + Int(extraLength) + Int(commentLength)
            guard end <= file.count else { return nil }
            self.flags = flags
            self.method = method
            self.name = file.withBytes(in: nameStart..<extraStart) { String(decoding: $0, as: UTF8.self) }
            (self.compressed, self.size, self.offset) = (UInt64(compressed), UInt64(size), UInt64(offset))
            readLongNumbers(file, extraStart..<(extraStart + Int(extraLength)))
        }

        /// Zip64: 8-byte numbers, in this order, for those that do not fit the 4-byte fields.
        private mutating func readLongNumbers(_ file: MappedFile, _ extra: Range<Int>) {
            var position = extra.lowerBound
            while position + 4 <= extra.upperBound {
                guard let tag = file.integer(at: position, as: UInt16.self),
                    let length = file.integer(at: position + 2, as: UInt16.self)
                else { return }
                let end = position + 4 + Int(length)
                if tag == 1, end <= extra.upperBound {
                    var field = position + 4
                    for path in [\Self.size, \Self.compressed, \Self.offset] where self[keyPath: path] == 0xFFFF_FFFF {
                        guard field + 8 <= end, let number = file.integer(at: field, as: UInt64.self) else { return }
                        self[keyPath: path] = number
                        field += 8
                    }
                }
                position = end
            }
        }

        /// The contents' place, by the entry's local header.
        func contents(_ file: MappedFile, before limit: Int) -> Range<Int>? {
            guard let local = Int(exactly: offset), let length = Int(exactly: compressed), local <= limit - 30,
                file.integer(at: local, as: UInt32.self) == 0x0403_4b50,
                let nameLength = file.integer(at: local + 26, as: UInt16.self),
                let extraLength = file.integer(at: local + 28, as: UInt16.self)
            else { return nil }
            let start = local + 30 + Int(nameLength) + Int(extraLength)
            guard start <= limit, length <= limit - start else { return nil }
            return start..<(start + length)
        }
    }
}
