public import Mapping
public import Scripts

/// Values that a search's sort or aggregation has computed, under the name of a field that only this search knows.
public struct ComputedField: Equatable, Sendable {
    /// Where the values come from.
    public enum Kind: Equatable, Sendable {
        case script(ScriptReference)
        /// Each value of a field, changed by a script that has it as `_value`.
        case changed(field: String, ScriptReference)
        /// How far the field's points lie from each of some places.
        case distance(DistanceSort)
    }

    public var name: String
    /// The values' type as mappings name it; nil: that of the field whose values are changed.
    public var type: String?
    public var kind: Kind

    public init(name: String, type: String?, kind: Kind) {
        self.name = name
        self.type = type
        self.kind = kind
    }
}

/// `_geo_distance`: what is measured, from where, and in what unit.
public struct DistanceSort: Equatable, Hashable, Sendable {
    public var field: String
    public var places: [GeoPoint]
    /// Metres.
    public var unit: Double
    /// Whether distances are measured as on a plane.
    public var isPlane: Bool
    public var ignoresUnmapped: Bool

    public init(field: String, places: [GeoPoint], unit: Double, isPlane: Bool = false, ignoresUnmapped: Bool = false) {
        self.field = field
        self.places = places
        self.unit = unit
        self.isPlane = isPlane
        self.ignoresUnmapped = ignoresUnmapped
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(field)
        hasher.combine(unit)
    }
}

/// One entry of `script_fields`.
public struct ScriptField: Equatable, Sendable {
    public var name: String
    public var script: ScriptReference
    /// Whether hits for which the script fails lack the field, in place of failing the search.
    public var ignoresFailure: Bool

    public init(name: String, script: ScriptReference, ignoresFailure: Bool = false) {
        self.name = name
        self.script = script
        self.ignoresFailure = ignoresFailure
    }
}
