/// `doc['f']`: the values of one field in one document.
final class FieldValuesObject: ScriptObject {
    let field: String
    private(set) var values: [ScriptValue] = []
    /// Of a vector field.
    private(set) var vector: VectorObject?
    /// Which document they are of.
    private(set) var moves = -1

    init(_ field: String) {
        self.field = field
    }

    func update(_ values: FieldValues, _ moves: Int) {
        self.moves = moves
        vector = nil
        switch values {
        case .longs(let values): self.values = values.map { .long($0) }
        case .doubles(let values): self.values = values.map { .double($0) }
        case .booleans(let values): self.values = values.map { .bool($0) }
        case .strings(let values): self.values = values.map { .string($0) }
        case .dates(let values): self.values = values.map { .object(DateObject($0)) }
        case .points(let values): self.values = values.map { .object(PointObject(latitude: $0.latitude, longitude: $0.longitude)) }
        case .vector(let values):
            vector = VectorObject(.floats(values))
            self.values = values.isEmpty ? [] : [.null]
        case .bits(let values):
            vector = VectorObject(.bits(values))
            self.values = values.isEmpty ? [] : [.null]
        }
    }

    var typeName: String { "org.elasticsearch.index.fielddata.ScriptDocValues" }
    var text: String { "[\(field)]" }

    private func first() throws(ScriptFault) -> ScriptValue {
        guard let value = values.first else { throw vector == nil ? .missingValue : .missingVector }
        return value
    }

    func elements(_ run: Interpreter) throws(ScriptFault) -> [ScriptValue]? { values }

    func element(_ key: ScriptValue, _ run: Interpreter) throws(ScriptFault) -> ScriptValue? { try get(try run.index(key)) }

    private func get(_ index: Int) throws(ScriptFault) -> ScriptValue {
        if values.isEmpty { throw vector == nil ? .missingValue : .missingVector }
        guard values.indices.contains(index) else { throw .indexOutOfBounds(index: index, count: values.count) }
        return values[index]
    }

    func member(_ name: String, _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch name {
        case "value": return try first()
        case "values": return try run.makeList(values)
        case "empty": return .bool(values.isEmpty)
        case "length": return .int(Int32(clamping: values.count))
        case "vectorValue", "magnitude":
            guard let vector else { return nil }
            guard !vector.isEmpty else { throw .missingVector }
            return name == "vectorValue" ? try vector.components(run) : .float(vector.magnitude)
        case "lat", "lon":
            guard case .object(let point as PointObject) = try first() else { return nil }
            return .double(name == "lat" ? point.latitude : point.longitude)
        // A method without its parentheses, and what a Lucene expression calls the count.
        case "count": return .int(Int32(clamping: values.count))
        default: return nil
        }
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("getValue", 0): return try first()
        case ("size", 0), ("getLength", 0): return .int(Int32(clamping: values.count))
        case ("isEmpty", 0): return .bool(values.isEmpty)
        case ("get", 1): return try get(try run.index(arguments[0]))
        case ("getValues", 0): return try run.makeList(values)
        case ("getVectorValue", 0), ("getMagnitude", 0):
            return try member(name == "getMagnitude" ? "magnitude" : "vectorValue", run)
        case ("getLat", 0), ("getLon", 0): return try member(name == "getLat" ? "lat" : "lon", run)
        case ("contains", 1): return .bool(try run.position(of: arguments[0], in: ScriptList(values)) != nil)
        case ("planeDistance", 2):
            guard case .object(let point as PointObject) = try first() else { return nil }
            return .double(point.planeDistance(latitude: arguments[0].double, longitude: arguments[1].double))
        case ("planeDistanceWithDefault", 3):
            guard case .object(let point as PointObject)? = values.first else { return .double(arguments[2].double) }
            return .double(point.planeDistance(latitude: arguments[0].double, longitude: arguments[1].double))
        case ("getCentroid", 0):
            let points = values.compactMap { if case .object(let point as PointObject) = $0 { point } else { nil } }
            guard !points.isEmpty, points.count == values.count else { return nil }
            return .object(
                PointObject(
                    latitude: points.reduce(0) { $0 + $1.latitude } / Double(points.count),
                    longitude: points.reduce(0) { $0 + $1.longitude } / Double(points.count)))
        case ("arcDistance", 2):
            guard case .object(let point as PointObject) = try first() else { return nil }
            return .double(point.distance(latitude: arguments[0].double, longitude: arguments[1].double))
        case ("arcDistanceWithDefault", 3):
            guard case .object(let point as PointObject)? = values.first else { return .double(arguments[2].double) }
            return .double(point.distance(latitude: arguments[0].double, longitude: arguments[1].double))
        default: return nil
        }
    }
}
