internal import VectorKernels

/// Lays a segment out: a header, the sections, and a directory that says where they are.
///
/// The header's words of 64 bits, little-endian: magic, version, base, span, where the directory is and how many words it has,
/// the CRC-32C of all that follows the header, and the CRC-32C of the words before. A file holds the same bytes.
struct SegmentWriter: ~Copyable {
    /// 2: values of keyed objects stand in one field.
    static let version: UInt64 = 2
    static let magic: UInt64 = 0x3164_6569_6653_4343  // "CCSfied1"
    static let headerWords = 8

    private let base: UInt32
    private let span: Int
    private var writer = SectionWriter()
    private var directory = DirectoryWriter()
    private var fieldCount = 0

    init(base: UInt32, span: Int) {
        self.base = base
        self.span = span
        _ = writer.append([UInt64](repeating: 0, count: Self.headerWords))
    }

    /// - Parameters:
    ///   - presence: documents that have the field, ascending.
    ///   - body: writes the rest, as `SegmentField` reads it.
    mutating func addField(
        _ name: String, presence: [UInt32], _ body: (inout SectionWriter, inout DirectoryWriter) -> Void
    ) {
        fieldCount += 1
        directory.write(name)
        Presence.write(presence, span: span, into: &writer, &directory)
        body(&writer, &directory)
    }

    /// - Parameter documents: that have rows, ascending.
    consuming func finish(documents: [UInt32]) -> Segment? {
        var head = DirectoryWriter()
        Presence.write(documents, span: span, into: &writer, &head)
        head.write(fieldCount)
        let place = writer.append(head.words + directory.words)
        let headerBytes = 8 * Self.headerWords
        let body = writer.withBytes(headerBytes..<writer.count) { CRC32C.checksum($0) }
        let words = [
            Self.magic, Self.version, UInt64(base), UInt64(span), UInt64(place.offset), UInt64(place.count), UInt64(body),
        ]
        writer.replace(at: 0, with: words + [UInt64(words.withUnsafeBytes { CRC32C.checksum($0) })])
        return Segment(writer.finish())
    }
}

extension Segment {
    /// A segment over bytes that are known to be whole. Nil: they say what cannot be.
    init?(_ memory: SegmentMemory) {
        guard let header = Section<UInt64>(memory, offset: 0, count: SegmentWriter.headerWords),
            let base = Int(exactly: header[2]), let span = Int(exactly: header[3]), base % 64 == 0, base + span <= 1 << 32,
            let offset = Int(exactly: header[4]), let count = Int(exactly: header[5]),
            let words = Section<UInt64>(memory, offset: offset, count: count)
        else { return nil }
        var reader = DirectoryReader(memory: memory, words: words)
        guard let presence = Presence(&reader, span: span), let fieldCount = reader.number(through: count) else { return nil }
        var fields: [String: SegmentField] = [:]
        for _ in 0..<fieldCount {
            guard let name = reader.text(), let field = SegmentField(&reader, base: base, span: span) else { return nil }
            fields[name] = field
        }
        self.init(base: base, span: span, presence: presence, fields: fields, memory: memory, fileNumber: nil)
    }
}
