public import JSON
internal import Mapping
public import Query

extension SourceFilter {
    /// This filter without the vectors of a mapping.
    func excludingVectors(of mapping: Mapping) -> SourceFilter {
        let vectors = mapping.fields.compactMap { path, field in
            switch field.type {
            case .denseVector: path
            case .served(let served): served.isSparseVector ? path : nil
            case .keyword, .text, .number, .boolean, .date, .geoPoint: nil
            }
        }
        switch self {
        case .none: return .none
        case .all: return vectors.isEmpty ? .all : .filtered(includes: [], excludes: vectors)
        case .filtered(let includes, let excludes): return .filtered(includes: includes, excludes: excludes + vectors)
        }
    }

    /// What a client gets of a stored source; nil where it gets none.
    public func shown(of source: [UInt8]?) -> JSONValue? {
        guard let source else { return nil }
        switch self {
        case .none: return nil
        case .all: return .raw(source)
        case .filtered(let includes, let excludes):
            guard let document = try? JSONDocument(parsing: source) else { return .raw(source) }
            return SourceFiltering(includes: includes, excludes: excludes).filter(document.root)
        }
    }
}
