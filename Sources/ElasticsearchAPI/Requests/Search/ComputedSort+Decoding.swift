internal import JSON
internal import Mapping
internal import Query
internal import Scripts

/// Sort keys that are computed: `_script` and `_geo_distance`.
struct ComputedSort {
    var field: FieldSort
    var computed: ComputedField
    var order: Sort.Order?

    private enum ScriptKey: String, BodyKey {
        case script, type, order, mode, nested
    }

    /// - Parameter number: the key's place among those of the sort.
    init(script body: Field, number: Int) throws(ParseError) {
        var script: ScriptReference?
        var type: String?
        var order: Sort.Order?
        var mode: String?
        for (key, field) in try body.value.fields(ScriptKey.self, of: .object("_script")) {
            switch key {
            case .script: script = try field.wrapping { () throws(ParseError) in try ScriptReference(field) }
            case .type: type = try field.string()
            case .order: order = try Sort.order(field)
            case .mode: mode = try field.string()
            case .nested: throw .argument("[nested] is not supported in a script sort", at: field.path)
            }
        }
        let missing = [script == nil ? "script" : nil, type == nil ? "type" : nil].compactMap(\.self)
        guard let script, let type else { throw .argument("Required [\(missing.joined(separator: ", "))]", at: body.path) }
        guard let valueType = ["number": "double", "string": "keyword", "version": "version"][type.lowercased()] else {
            throw .argument("Unknown ScriptSortType [\(type)]", at: body.path)
        }
        if valueType != "double", let mode, ["sum", "avg", "median"].contains(mode.lowercased()) {
            throw .argument("script sort of type [\(type.lowercased())] doesn't support mode [\(mode.lowercased())]", at: body.path)
        }
        let name = "_sort:\(number)"
        field = FieldSort(name: name, mode: mode)
        computed = ComputedField(name: name, type: valueType, kind: .script(script))
        self.order = order
    }

    private enum DistanceKey: String {
        case order, unit, mode, nested
        case sortMode = "sort_mode"
        case distanceType = "distance_type"
        case ignoreUnmapped = "ignore_unmapped"
        case validationMethod = "validation_method"
    }

    /// - Parameter number: the key's place among those of the sort.
    init(distance body: Field, number: Int) throws(ParseError) {
        var target: Field?
        var unit = "m", mode: String?, isPlane = false, ignoresUnmapped = false
        for field in try body.value.members(of: .query("_geo_distance")) {
            switch DistanceKey(rawValue: field.name) {
            case .order: order = try Sort.order(field)
            case .unit: unit = try field.string()
            case .mode, .sortMode: mode = try field.string()
            case .distanceType:
                switch try field.string().lowercased() {
                case "arc": isPlane = false
                case "plane": isPlane = true
                case let other:
                    throw .argument("No enum constant org.elasticsearch.common.geo.GeoDistance.\(other.uppercased())", at: field.path)
                }
            case .ignoreUnmapped: ignoresUnmapped = try field.bool()
            case .validationMethod: _ = try field.string()
            case .nested: throw .argument("[nested] is not supported in a geo distance sort", at: field.path)
            case nil:
                guard target == nil else {
                    throw ParseError(
                        .parsing,
                        "Trying to reset fieldName to [\(field.name)], already set to [\(target?.name ?? "")].", at: field.path)
                }
                target = field
            }
        }
        guard let target else { throw .argument("no points provided for _geo_distance sort.", at: body.path) }
        guard let metres = DistanceUnit.metres("1", unit: unit) else {
            throw .argument("No matching unit found for [\(unit)]", at: body.path)
        }
        if let mode, mode.lowercased() == "sum" {
            throw .argument("sort_mode [sum] isn't supported for sorting by geo distance", at: body.path)
        }
        let name = "_sort:\(number)"
        var sort = FieldSort(name: name, mode: mode)
        // A document without a point is infinitely far.
        sort.missing = .string("Infinity")
        field = sort
        computed = ComputedField(
            name: name, type: "double",
            kind: .distance(
                DistanceSort(
                    field: target.name, places: try Self.places(target), unit: metres, isPlane: isPlane,
                    ignoresUnmapped: ignoresUnmapped)))
    }

    /// One place, or several in a list; two numbers are one.
    private static func places(_ field: Field) throws(ParseError) -> [GeoPoint] {
        var nodes = [field.value]
        if let elements = field.value.elements, elements.first.map({ $0.element.double == nil }) ?? true { nodes = elements }
        var places: [GeoPoint] = []
        for node in nodes {
            do {
                places.append(try GeoPoint(node.element))
            } catch {
                throw ParseError(.other("parse_exception", [:]), error.reason, at: node.path)
            }
        }
        guard !places.isEmpty else { throw .argument("no points provided for _geo_distance sort.", at: field.path) }
        return places
    }
}
