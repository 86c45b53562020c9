public import JSON

extension JSONValue {
    /// Longer paths name no field.
    private static let longestPath = 4096

    /// What stands at a path of a source, whose keys may hold dots; nil if nothing does.
    public func value(at path: String) -> JSONValue? {
        guard path.utf8.count <= Self.longestPath else { return nil }
        if let value = self[path] { return value }
        var rest = path[...]
        // The longest key first, as in a document that has both.
        while let dot = rest.lastIndex(of: ".") {
            rest = rest[..<dot]
            guard let below = self[String(rest)] else { continue }
            if let found = below.value(at: String(path[path.index(after: dot)...])) { return found }
        }
        return nil
    }

    /// An array of numbers; nil for anything else. `raw` text is read.
    public var floats: [Float]? {
        switch self {
        case .floats(let floats): return floats
        case .raw(let bytes): return (try? JSONDocument(parsing: bytes))?.root.array?.floats()
        case .array(let values):
            var floats: [Float] = []
            floats.reserveCapacity(values.count)
            for value in values {
                switch value {
                case .int(let number): floats.append(Float(number))
                case .double(let number): floats.append(Float(number))
                case .float(let number): floats.append(number)
                default: return nil
                }
            }
            return floats
        default: return nil
        }
    }
}
