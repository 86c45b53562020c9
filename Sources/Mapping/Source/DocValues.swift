internal import Dates
public import JSON

/// The values of a field in one document as scripts and sorts see them: ascending, keywords distinct.
public enum DocValues: Equatable, Sendable {
    case longs([Int64])
    case doubles([Double])
    case booleans([Bool])
    case terms([String])
    /// Milliseconds since 1970-01-01T00:00Z.
    case dates([Int64])
    case points([GeoPoint])
    case vector
    /// `text` has none.
    case none
}

extension Mapping {
    /// Reads a field's values out of a document's source.
    ///
    /// - Parameter source: nil for a document whose source is not kept: it has no values here.
    /// - Returns: nil for a field that is not mapped.
    /// - Complexity: O(*n*) in the source's members.
    public func docValues(of path: String, in source: JSONElement?) -> DocValues? {
        guard let field = field(path) else { return nil }
        let names = sourceNames(of: path)
        var elements: [JSONElement] = []
        source?.visit(names[...]) { elements.append($0) }
        return field.docValues(elements)
    }
}

extension FieldMapping {
    fileprivate func docValues(_ elements: [JSONElement]) -> DocValues {
        switch type {
        case .text: return .none
        case .denseVector: return .vector
        case .served(let served): return docValues(elements, of: served)
        case .geoPoint:
            var points: [GeoPoint] = []
            for element in elements { appendPoints(element, to: &points) }
            return .points(points)
        case .keyword:
            let terms = indexed(elements).compactMap { value in if case .term(let term) = value { term } else { nil } }
            return .terms(Set(terms).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        case .boolean: return .booleans(longs(elements).map { $0 == 1 })
        case .date: return .dates(longs(elements))
        case .number(.scaledFloat(let factor)): return .doubles(longs(elements).map { Double($0) / factor })
        // The top bit of an unsigned number is flipped where it is indexed.
        case .number(.unsignedLong): return .longs(longs(elements).map { $0 ^ .min })
        case .number(let type):
            guard type.isFloatingPoint else { return .longs(longs(elements)) }
            let doubles = indexed(elements).compactMap { value in if case .double(let double) = value { double } else { nil } }
            return .doubles(doubles.sorted())
        }
    }

    private func docValues(_ elements: [JSONElement], of served: ServedType) -> DocValues {
        switch served.column {
        case .none, .features: return .none
        case .constant(let value): return .terms(value.map { [$0] } ?? [])
        case .terms:
            let terms = indexed(elements).compactMap { value in if case .term(let term) = value { term } else { nil } }
            let sorted = Set(terms).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            return .terms(sorted.map { served.coding.text($0) })
        case .longs: return .longs(longs(elements))
        case .unsigned: return .longs(longs(elements).map { $0 ^ .min })
        case .nanoseconds: return .dates(longs(elements).map { Int64(Int($0).flooredQuotient(1_000_000)) })
        case .doubles:
            return .doubles(
                indexed(elements).compactMap { value in if case .double(let double) = value { double } else { nil } }.sorted())
        }
    }

    private func longs(_ elements: [JSONElement]) -> [Int64] {
        indexed(elements).compactMap { value in if case .long(let long) = value { long } else { nil } }.sorted()
    }

    /// What was indexed; a value that the field ignores has none.
    private func indexed(_ elements: [JSONElement]) -> [IndexedValue] {
        var values: [IndexedValue] = []
        for element in elements {
            if let array = element.array {
                values += indexed(Array(array))
            } else if let scalar = element.isNull ? nullValue.flatMap({ ScalarValue($0) }) : ScalarValue(element) {
                values += (try? indexedValues(scalar)) ?? []
            }
        }
        return values
    }

    private func appendPoints(_ element: JSONElement, to points: inout [GeoPoint]) {
        if let array = element.array, array.first(where: { _ in true })?.double == nil {
            for item in array { appendPoints(item, to: &points) }
        } else if let point = try? GeoPoint(element, wraps: true) {
            points.append(point)
        }
    }
}
