/// Gathers what is indexed of documents until it is made a segment.
///
/// Ordinals only grow: each call's is at least that of the call before.
public struct SegmentBuilder {
    private var fields: [String: FieldBuilder] = [:]
    private var documents: [UInt32] = []

    public init() {}

    /// Documents that were begun.
    public var documentCount: Int { documents.count }
    public var isEmpty: Bool { documents.isEmpty }
    /// About how much memory is taken.
    public var byteCount: Int { fields.values.reduce(16 * documents.count) { $0 + $1.byteCount } }

    /// Begins a document, which may have no values.
    public mutating func addDocument(_ ordinal: UInt32) {
        precondition(documents.last.map { $0 < ordinal } ?? true)
        documents.append(ordinal)
    }

    /// Says that the document that was begun last has the field, whatever else is indexed of it.
    public mutating func addPresence(of field: String) { add(to: field) { $0.addPresence($1) } }

    /// Adds a value to the last document that was begun; without one nothing happens.
    public mutating func add(_ keyword: String, to field: String) {
        add(to: field) { builder, ordinal in
            builder.keywords = builder.keywords ?? TermFieldBuilder(isText: false)
            builder.keywords?.addKeyword(keyword, ordinal: ordinal)
        }
    }

    /// Adds a token of a text.
    ///
    /// - Parameters:
    ///   - position: not less than that of the token before, in this document and field.
    ///   - hasLengths: whether scores depend on the document's length (`norms`).
    ///   - countsOverlaps: whether tokens in one place count as so many in it (`discount_overlaps: false`).
    public mutating func add(
        token: String, position: Int, hasLengths: Bool = true, countsOverlaps: Bool = false, to field: String
    ) {
        add(to: field) { builder, ordinal in
            builder.texts = builder.texts ?? TermFieldBuilder(isText: true)
            builder.texts?.addToken(
                token, position: UInt32(clamping: position), hasLengths: hasLengths, countsOverlaps: countsOverlaps, ordinal: ordinal)
        }
    }

    /// Adds a named weight.
    ///
    /// - Parameter weight: more than 0; stands where a text has frequencies.
    public mutating func add(feature: String, weight: UInt32, to field: String) {
        add(to: field) { builder, ordinal in
            builder.features = builder.features ?? TermFieldBuilder(isText: true, hasPositions: false)
            builder.features?.addFeature(feature, weight: weight, ordinal: ordinal)
        }
    }

    /// Adds a whole number to the last document.
    public mutating func add(_ number: Int64, to field: String) {
        add(to: field) { $0.longs.append((number, $1)) }
    }

    /// Adds a number to the last document.
    public mutating func add(_ number: Double, to field: String) {
        add(to: field) { $0.doubles.append((SortableDouble.encode(number), $1)) }
    }

    /// Adds a point to the last document.
    public mutating func add(_ point: EncodedPoint, to field: String) {
        add(to: field) { $0.points.append((point.bits, $1)) }
    }

    private mutating func add(to field: String, _ body: (FieldBuilder, UInt32) -> Void) {
        guard let ordinal = documents.last else { return }
        let builder: FieldBuilder
        if let known = fields[field] {
            builder = known
        } else {
            builder = FieldBuilder()
            fields[field] = builder
        }
        body(builder, ordinal)
        builder.addPresence(ordinal)
    }

    /// The segment of all documents that were begun, which are forgotten; nil if there are none.
    public mutating func finish() -> Segment? {
        guard let first = documents.first, let last = documents.last else { return nil }
        let base = first & ~63
        var writer = SegmentWriter(base: base, span: Int(last - base) + 1)
        for name in fields.keys.sorted() {
            guard let field = fields[name] else { continue }
            writer.addField(name, presence: field.documents.map { $0 - base }) { writer, directory in
                field.write(base: base, span: Int(last - base) + 1, into: &writer, &directory)
            }
        }
        let segment = writer.finish(documents: documents.map { $0 - base })
        self = SegmentBuilder()
        return segment
    }
}
