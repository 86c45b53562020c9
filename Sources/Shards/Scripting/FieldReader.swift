internal import FieldIndex
internal import JSON
public import Mapping

/// Reads a field's values of single documents out of the columns of a view. Not to be shared.
///
/// - Complexity: O(1) a document, and O(segments) for one without a value.
public final class FieldReader {
    private enum Columns {
        case numbers([NumberColumn])
        case keywords(KeywordView)
        case points([PointColumn])
        case vector
        case nothing
        /// A type that has no columns that are read here: the source tells.
        case source
    }

    let field: FieldMapping
    private let path: String
    private let columns: Columns
    /// Which column held the last document.
    private var last = 0

    /// - Returns: nil for a field that is not mapped.
    public init?(_ path: String, mapping: Mapping, view: ShardView) {
        guard let field = mapping.field(path) else { return nil }
        self.path = path
        self.field = field
        if field.parameters["doc_values"] == .bool(false) {
            columns = .nothing
            return
        }
        switch field.type {
        case .keyword: columns = view.keywords(path).map { .keywords($0) } ?? .nothing
        case .number(let type):
            columns = .numbers(view.fields.numbers(path).filter { $0.isFloatingPoint == type.isFloatingPoint })
        case .boolean, .date: columns = .numbers(view.fields.numbers(path).filter { !$0.isFloatingPoint })
        case .geoPoint: columns = .points(view.fields.points(path))
        case .denseVector: columns = .vector
        // What is computed is in no source.
        case .served(let served) where served.column == .terms && mapping.runtime[path] != nil:
            columns = view.keywords(path).map { .keywords($0) } ?? .nothing
        default: columns = .source
        }
    }

    /// Whether documents' sources are needed.
    public var readsSource: Bool { if case .source = columns { true } else { false } }

    /// A document's values as its columns hold them; nil where only the source has them.
    public func values(of ordinal: UInt32) -> DocValues? {
        switch (field.type, columns) {
        case (_, .source): return nil
        case (_, .vector): return .vector
        case (.served(let served), .keywords(let keywords)):
            return .terms(terms(keywords, ordinal).compactMap { served.coding.shown(.term($0)).string })
        case (_, .keywords(let keywords)): return .terms(terms(keywords, ordinal))
        case (.keyword, _): return .terms([])
        case (_, .points(let columns)): return .points(points(columns, ordinal))
        case (.geoPoint, _): return .points([])
        case (.number(.scaledFloat(let factor)), .numbers(let columns)):
            // As Elasticsearch: times the inverse.
            let inverse = 1 / factor
            return .doubles(longs(columns, ordinal).map { Double($0) * inverse })
        case (.number(.unsignedLong), .numbers(let columns)): return .longs(longs(columns, ordinal).map { $0 ^ .min })
        case (.number(let type), .numbers(let columns)):
            return type.isFloatingPoint ? .doubles(doubles(columns, ordinal)) : .longs(longs(columns, ordinal))
        case (.boolean, .numbers(let columns)): return .booleans(longs(columns, ordinal).map { $0 == 1 })
        case (.date, .numbers(let columns)): return .dates(longs(columns, ordinal))
        default: return DocValues.none
        }
    }

    private func longs(_ columns: [NumberColumn], _ ordinal: UInt32) -> [Int64] {
        if columns.indices.contains(last) {
            let values = columns[last].values(of: ordinal)
            if !values.isEmpty { return values }
        }
        for (index, column) in columns.enumerated() where index != last {
            let values = column.values(of: ordinal)
            guard !values.isEmpty else { continue }
            last = index
            return values
        }
        return []
    }

    private func doubles(_ columns: [NumberColumn], _ ordinal: UInt32) -> [Double] {
        if columns.indices.contains(last) {
            let values = columns[last].doubles(of: ordinal)
            if !values.isEmpty { return values }
        }
        for (index, column) in columns.enumerated() where index != last {
            let values = column.doubles(of: ordinal)
            guard !values.isEmpty else { continue }
            last = index
            return values
        }
        return []
    }

    private func terms(_ keywords: KeywordView, _ ordinal: UInt32) -> [String] {
        for part in keywords.parts {
            let ranks = part.column.ranks(of: ordinal)
            if !ranks.isEmpty { return ranks.map { part.column.term(Int($0)) } }
        }
        return []
    }

    private func points(_ columns: [PointColumn], _ ordinal: UInt32) -> [GeoPoint] {
        for column in columns {
            let points = column.points(of: ordinal)
            if !points.isEmpty { return points.compactMap { try? GeoPoint(latitude: $0.latitude, longitude: $0.longitude) } }
        }
        return []
    }
}
