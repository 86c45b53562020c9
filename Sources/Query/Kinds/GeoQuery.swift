public import Mapping

/// `geo_distance` and `geo_bounding_box`.
public struct GeoQuery: Equatable, Sendable {
    /// What points must lie in.
    public enum Shape: Equatable, Sendable {
        /// Metres.
        case circle(centre: GeoPoint, radius: Double)
        case box(topLeft: GeoPoint, bottomRight: GeoPoint)
    }

    public var field: String
    public var shape: Shape
    /// Whether a field that is not mapped matches nothing, or is an error.
    public var ignoresUnmapped: Bool

    public init(field: String, shape: Shape, ignoresUnmapped: Bool = false) {
        self.field = field
        self.shape = shape
        self.ignoresUnmapped = ignoresUnmapped
    }
}
