/// A document as a shard takes it: its source, and what to index of it.
public struct ParsedDocument: Sendable {
    /// A value to index, with its field's full path.
    public struct IndexedField: Equatable, Sendable {
        public var field: String
        public var value: IndexedValue
    }

    /// A vector to index; its length is `options.dimensions`.
    public struct IndexedVector: Equatable, Sendable {
        public var field: String
        public var options: DenseVectorOptions
        public var values: [Float]
    }

    /// What is stored as `_source`: the bytes as sent, or the JSON that the mapping's `_source` leaves of them.
    /// Nil when `_source` is disabled.
    public internal(set) var source: [UInt8]?
    /// Distinct values of every indexed field.
    public internal(set) var values: [IndexedField] = []
    /// At most one a field.
    public internal(set) var vectors: [IndexedVector] = []
    /// Every leaf field that has a value, for `exists`.
    public internal(set) var fieldNames: Set<String> = []
    /// What this document adds to the mapping: to be merged into it before the document is written.
    public internal(set) var mappingUpdate: Mapping?
}
