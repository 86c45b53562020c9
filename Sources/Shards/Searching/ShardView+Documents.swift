internal import FieldIndex
public import Mapping
internal import Ordinals
internal import Query
internal import Synchronization
internal import VectorIndex

/// Documents by their ids and ordinals.
extension ShardView {
    /// The document of an id as this view shows it; nil if it shows none.
    ///
    /// - Throws: `ShardError`.
    public func document(id: String) throws(ShardError) -> ShardDocument? {
        guard let ordinal = try store.ordinals(ids: [id], below: limit).intersection(live).first else { return nil }
        counters.gets.add(1, ordering: .relaxed)
        return try store.documents([ordinal], includingSource: true).first
    }

    /// The winners' rows, in the order of the ordinals.
    ///
    /// - Parameter includingSource: without, `source` is nil, and little is read.
    /// - Throws: `ShardError`.
    public func documents(_ ordinals: [UInt32], includingSource: Bool = true) throws(ShardError) -> [ShardDocument] {
        counters.fetches.add(ordinals.count, ordering: .relaxed)
        return try store.documents(ordinals, includingSource: includingSource)
    }

    /// What models made of documents' semantic fields, by ordinal; of those that have any.
    ///
    /// - Throws: `ShardError`.
    public func inference(of ordinals: [UInt32]) throws(ShardError) -> [UInt32: InferenceFields] {
        try store.inference(of: ordinals)
    }

    /// A document's vector as it was indexed, but for rounding; nil if it has none in this field.
    ///
    /// - Throws: `ShardError`.
    public func vector(field: String, ordinal: UInt32) throws(ShardError) -> [Float]? {
        guard let vectors = vectorFields[field], vectorOrdinals[field]?.contains(ordinal) == true else { return nil }
        do {
            return try vectors.index.vector(at: ordinal)
        } catch {
            throw .vectors(field: field, error)
        }
    }
}
