public import Mapping

/// `geohash_grid` or `geotile_grid` bound to a mapping. Only points between the corners count; no corners: all.
public struct GeoGridPlan: Equatable, Sendable {
    public var grid: GeoGrid
    public var size: Int
    public var shardSize: Int
    /// North-west and south-east.
    public var corners: [GeoPoint]

    /// Whether a point is asked for.
    public func accepts(latitude: Double, longitude: Double) -> Bool {
        guard corners.count == 2 else { return true }
        guard latitude <= corners[0].latitude, latitude >= corners[1].latitude else { return false }
        let (left, right) = (corners[0].longitude, corners[1].longitude)
        return left <= right ? (left...right).contains(longitude) : longitude >= left || longitude <= right
    }
}

/// `geo_distance` bound to a mapping: rings around a point.
public struct GeoDistancePlan: Equatable, Sendable {
    public var origin: GeoPoint
    /// Metres.
    public var unit: Double
    /// In units.
    public var ranges: [RangePlan]
    public var isKeyed: Bool
}
