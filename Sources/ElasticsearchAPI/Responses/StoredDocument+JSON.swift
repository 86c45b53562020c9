public import Indices
public import JSON
internal import Mapping
public import Query

extension StoredDocument {
    /// The body of a `GET _doc` answer.
    ///
    /// - Parameter filter: what is shown of `_source`.
    public func json(_ filter: SourceFilter) -> JSONValue {
        var pairs: [(String, JSONValue)] = [
            ("_index", .string(index)), ("_id", .string(id)), ("_version", .int(Int(version))),
            ("_seq_no", .int(Int(sequenceNumber))), ("_primary_term", .int(Int(primaryTerm))),
        ]
        if let routing { pairs.append(("_routing", .string(routing))) }
        pairs.append(("found", true))
        if let source = source(filter) { pairs.append(("_source", source)) }
        return .object(pairs.members)
    }

    private func source(_ filter: SourceFilter) -> JSONValue? {
        guard let source else { return nil }
        switch filter {
        case .none: return nil
        case .all: return .raw(source)
        case .filtered(let includes, let excludes):
            guard let document = try? JSONDocument(parsing: source) else { return .raw(source) }
            return SourceFiltering(includes: includes, excludes: excludes).filter(document.root)
        }
    }
}

/// The answer for a document that is not there.
public enum MissingDocument {
    public static func json(index: String, id: String) -> JSONValue {
        ["_index": .string(index), "_id": .string(id), "found": false]
    }
}
