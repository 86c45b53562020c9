internal import Glibc
public import JSON

/// A context that a `completion` field's inputs have.
public struct CompletionContext: Equatable, Sendable {
    /// What the context is made of.
    public enum Kind: Equatable, Sendable {
        case category
        /// Cells of geohashes of so many characters.
        case geo(precision: Int)
    }

    public var name: String
    public var kind: Kind
    /// The field that it is read from where an input says none.
    public var path: String?

    /// - Throws: `MappingError.malformedParameter`.
    static func list(_ value: JSONValue?, field: String) throws(MappingError) -> [CompletionContext] {
        guard let value else { return [] }
        let entries = value.array ?? [value]
        var contexts: [CompletionContext] = []
        for entry in entries {
            guard let name = entry["name"]?.string, let type = entry["type"]?.string else {
                throw .malformedParameter(name: "contexts", field: field, value: entry, expected: .object)
            }
            switch type {
            case "category": contexts.append(CompletionContext(name: name, kind: .category, path: entry["path"]?.string))
            case "geo":
                contexts.append(
                    CompletionContext(
                        name: name, kind: .geo(precision: Self.precision(entry["precision"])), path: entry["path"]?.string))
            default: throw .malformedParameter(name: "contexts", field: field, value: entry, expected: .object)
            }
        }
        return contexts
    }

    /// A number of characters, or a distance that a cell is no smaller than.
    static func precision(_ value: JSONValue?) -> Int {
        switch value {
        case .int(let count)?: return min(max(count, 1), 12)
        case .string(let text)?:
            if let count = Int(text) { return min(max(count, 1), 12) }
            guard let metres = DistanceUnit.metres(text), metres > 0 else { return 6 }
            // As Elasticsearch has it: the smallest cell whose height is the distance at least.
            let circumference = 40_075_016.685578488
            for level in 1...12 where circumference / pow(2, Double(5 * level / 2)) / 2 <= metres { return level }
            return 12
        default: return 6
        }
    }

    /// The values of a context as the index holds them.
    ///
    /// - Parameter element: a text or several, or a point or several; of a query, objects with `context` too.
    public func values(_ element: JSONElement) -> [String] {
        switch kind {
        case .category:
            if let array = element.array { return array.flatMap { values($0) } }
            if let object = element.object { return object["context"].map { values($0) } ?? [] }
            return ScalarValue(element).map { [$0.text] } ?? []
        case .geo(let precision):
            if let object = element.object, let inner = object["context"] { return values(inner) }
            if let point = try? GeoPoint(element) { return [point.geohash(precision)] }
            if let array = element.array { return array.flatMap { values($0) } }
            return []
        }
    }
}

extension GeoPoint {
    /// The geohash cell of so many characters that the point is in (https://en.wikipedia.org/wiki/Geohash).
    public func geohash(_ length: Int) -> String {
        let alphabet = Array("0123456789bcdefghjkmnpqrstuvwxyz")
        var (south, north, west, east) = (-90.0, 90.0, -180.0, 180.0)
        var isLongitude = true
        var text = ""
        for _ in 0..<length {
            var value = 0
            for _ in 0..<5 {
                let middle = isLongitude ? (west + east) / 2 : (south + north) / 2
                let isUpper = (isLongitude ? longitude : latitude) >= middle
                value = value << 1 | (isUpper ? 1 : 0)
                switch (isLongitude, isUpper) {
                case (true, true): west = middle
                case (true, false): east = middle
                case (false, true): south = middle
                case (false, false): north = middle
                }
                isLongitude.toggle()
            }
            text.append(alphabet[value])
        }
        return text
    }

    /// The cells around the one that the point is in, and that one.
    public func geohashes(around length: Int) -> Set<String> {
        let bits = 5 * length
        let width = 360 / pow(2, Double((bits + 1) / 2)), height = 180 / pow(2, Double(bits / 2))
        var cells: Set<String> = []
        for row in -1...1 {
            for column in -1...1 {
                let north = latitude + Double(row) * height
                guard abs(north) <= 90 else { continue }
                var east = longitude + Double(column) * width
                if east > 180 { east -= 360 }
                if east < -180 { east += 360 }
                if let point = try? GeoPoint(latitude: north, longitude: east) { cells.insert(point.geohash(length)) }
            }
        }
        return cells
    }
}
