internal import FieldIndex
public import Mapping

extension ShardView {
    /// The values of a document in a field's column: ascending, terms distinct. For single documents, whatever the field's
    /// type; `FieldReader` is for many of them, and reads values as scripts see them.
    ///
    /// - Complexity: O(segments + values).
    public func docValues(of field: String, ordinal: UInt32) -> [IndexedValue] {
        for segment in fields.segments where ordinal < segment.endOrdinal {
            if let keywords = segment.keywords(field) {
                return keywords.ranks(of: ordinal).map { .term(keywords.term(Int($0))) }
            }
            if let numbers = segment.numbers(field) {
                return numbers.isFloatingPoint
                    ? numbers.doubles(of: ordinal).map { .double($0) } : numbers.values(of: ordinal).map { .long($0) }
            }
            // A segment of a computed field lies over the others.
        }
        return []
    }

    /// The points of a document, in Lucene's precision.
    ///
    /// - Complexity: O(segments + values).
    public func docPoints(of field: String, ordinal: UInt32) -> [(latitude: Double, longitude: Double)] {
        for segment in fields.segments where ordinal < segment.endOrdinal {
            guard let points = segment.points(field) else { continue }
            return points.points(of: ordinal).map { ($0.latitude, $0.longitude) }
        }
        return []
    }
}
