internal import FieldIndex
internal import Mapping

/// What is to be indexed of a document, and under which ordinal.
struct IndexedDocument: Sendable {
    let ordinal: UInt32
    private let values: [ParsedDocument.IndexedField]
    private let texts: [IndexedText]
    private let points: [ParsedDocument.IndexedPoint]
    private let features: [ParsedDocument.IndexedFeature]
    private let fieldNames: Set<String>
    /// Its nested objects, which come before it.
    private let nested: [(path: String, document: IndexedDocument)]

    init(_ document: ParsedDocument, ordinal: UInt32) {
        self.ordinal = ordinal
        nested = zip((ordinal - UInt32(document.nested.count))..., document.nested).map { object, nested in
            (nested.path, IndexedDocument(nested.content, ordinal: object))
        }
        values = document.values
        texts = document.texts
        points = document.points
        features = document.features
        fieldNames = document.fieldNames
    }

    /// Nested objects stand in the same segment as their document.
    func add(to builder: inout SegmentBuilder) {
        for (path, document) in nested {
            document.add(to: &builder)
            builder.add(path, to: Mapping.nestedPathField)
        }
        builder.addDocument(ordinal)
        for field in values {
            switch field.value {
            case .term(let term): builder.add(term, to: field.field)
            case .long(let value): builder.add(value, to: field.field)
            case .double(let value): builder.add(value, to: field.field)
            }
        }
        for text in texts {
            for token in text.tokens {
                builder.add(
                    token: token.term, position: token.position, hasLengths: text.hasLengths, countsOverlaps: text.countsOverlaps,
                    to: text.field)
            }
        }
        for feature in features {
            builder.add(feature: feature.name, weight: FeatureWeight.encode(feature.weight), to: feature.field)
        }
        for point in points {
            builder.add(EncodedPoint(latitude: point.point.latitude, longitude: point.point.longitude), to: point.field)
        }
        for name in fieldNames { builder.addPresence(of: name) }
    }
}
