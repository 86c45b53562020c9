public import Mapping

/// Where points lie: the box around them, or their middle.
public struct GeoMetricAggregation: Equatable, Sendable {
    /// What is made of the points.
    public enum Output: Equatable, Sendable {
        /// - wrapsLongitude: whether the box may cross the date line.
        case bounds(wrapsLongitude: Bool)
        case centroid
    }

    public var field: String
    public var output: Output

    public init(field: String, output: Output) {
        self.field = field
        self.output = output
    }
}

/// The ways in which the globe is cut into cells.
public enum GeoGrid: Equatable, Hashable, Sendable {
    /// By the first characters of geohashes, 1 to 12.
    case geohash(precision: Int)
    /// By the tiles of web maps, at a zoom of 0 to 29.
    case tile(zoom: Int)
}

/// A bucket for each cell of a grid that has points.
public struct GeoGridAggregation: Equatable, Sendable {
    public var field: String
    public var grid: GeoGrid
    public var size = 10_000
    public var shardSize: Int?
    /// Only points within: north-west and south-east.
    public var bounds: (GeoPoint, GeoPoint)?

    public init(field: String, grid: GeoGrid) {
        self.field = field
        self.grid = grid
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.field == right.field && left.grid == right.grid && left.size == right.size && left.shardSize == right.shardSize
            && left.bounds?.0 == right.bounds?.0 && left.bounds?.1 == right.bounds?.1
    }
}

/// Ranges of the distance from a place.
public struct GeoDistanceAggregation: Equatable, Sendable {
    public var field: String
    public var origin: GeoPoint
    /// Metres.
    public var unit: Double
    /// In units.
    public var ranges: [(key: String?, from: Double?, to: Double?)]
    public var isKeyed: Bool

    public init(
        field: String, origin: GeoPoint, unit: Double = 1, ranges: [(key: String?, from: Double?, to: Double?)], isKeyed: Bool = false
    ) {
        self.field = field
        self.origin = origin
        self.unit = unit
        self.ranges = ranges
        self.isKeyed = isKeyed
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.field == right.field && left.origin == right.origin && left.unit == right.unit && left.isKeyed == right.isKeyed
            && left.ranges.count == right.ranges.count && zip(left.ranges, right.ranges).allSatisfy { $0 == $1 }
    }
}
