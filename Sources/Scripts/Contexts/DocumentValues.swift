public import JSON

/// The values of one field in one document, as doc values hold them: numbers ascending, keywords ascending and distinct.
public enum FieldValues: Equatable, Sendable {
    case longs([Int64])
    case doubles([Double])
    case booleans([Bool])
    case strings([String])
    /// Milliseconds since 1970-01-01T00:00Z.
    case dates([Int64])
    case points([(latitude: Double, longitude: Double)])
    /// Empty if the document has none.
    case vector([Float])
    /// A vector of bits, eight a byte; empty if the document has none.
    case bits([Int8])

    public static func == (left: FieldValues, right: FieldValues) -> Bool {
        switch (left, right) {
        case (.longs(let left), .longs(let right)), (.dates(let left), .dates(let right)): left == right
        case (.doubles(let left), .doubles(let right)): left == right
        case (.booleans(let left), .booleans(let right)): left == right
        case (.strings(let left), .strings(let right)): left == right
        case (.vector(let left), .vector(let right)): left == right
        case (.bits(let left), .bits(let right)): left == right
        case (.points(let left), .points(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0 == $1 }
        default: false
        }
    }
}

/// What a document gives to a script.
public protocol DocumentValues {
    /// - Returns: nil for a field that is not mapped.
    /// - Throws: `ScriptFault.fieldWithoutDocValues`, or what the storage reports as a fault.
    func values(of field: String) throws(ScriptFault) -> FieldValues?

    /// `params._source`; nil where there is none.
    ///
    /// - Throws: what the storage reports as a fault.
    func source() throws(ScriptFault) -> JSONValue?

    /// What tells the document from others of its shard, for `randomScore`.
    var number: Int { get }
}

extension DocumentValues {
    /// None: what has no source need not say so.
    public func source() throws(ScriptFault) -> JSONValue? { nil }
    public var number: Int { 0 }
}

/// A document without fields.
public struct NoDocumentValues: DocumentValues {
    public init() {}

    /// None, whatever the field.
    public func values(of field: String) throws(ScriptFault) -> FieldValues? { nil }
}
