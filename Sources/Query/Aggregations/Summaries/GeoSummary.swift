/// Where points lie. Longitudes east and west of Greenwich are kept apart, since a box may cross the date line.
public struct GeoSummary: Equatable, Sendable {
    public private(set) var count = 0
    private var latitudes = MetricSummary()
    private var longitudes = MetricSummary()
    private var east = MetricSummary()
    private var west = MetricSummary()

    public init() {}

    /// One point more, in degrees.
    public mutating func add(latitude: Double, longitude: Double) {
        count += 1
        latitudes.add(latitude)
        longitudes.add(longitude)
        if longitude >= 0 { east.add(longitude) } else { west.add(longitude) }
    }

    /// Adds the points of another shard or bucket.
    public mutating func merge(_ other: GeoSummary) {
        count += other.count
        latitudes.merge(other.latitudes)
        longitudes.merge(other.longitudes)
        east.merge(other.east)
        west.merge(other.west)
    }

    /// The box around points, degrees. Left is greater than right where it crosses the date line.
    public struct Box: Equatable, Sendable {
        public var top: Double
        public var left: Double
        public var bottom: Double
        public var right: Double
    }

    /// The smaller box around all points; nil where there is none.
    public func bounds(wrapsLongitude: Bool) -> Box? {
        if count == 0 { return nil }
        let (top, bottom) = (latitudes.maximum, latitudes.minimum)
        if east.count == 0 { return Box(top: top, left: west.minimum, bottom: bottom, right: west.maximum) }
        if west.count == 0 { return Box(top: top, left: east.minimum, bottom: bottom, right: east.maximum) }
        let plain = east.maximum - west.minimum
        let wrapped = (180 - east.minimum) - (-180 - west.maximum)
        if !wrapsLongitude || plain <= wrapped {
            return Box(top: top, left: west.minimum, bottom: bottom, right: east.maximum)
        }
        return Box(top: top, left: east.minimum, bottom: bottom, right: west.maximum)
    }

    /// The mean of the coordinates; nil where there is none.
    public var centroid: (latitude: Double, longitude: Double)? {
        guard let latitude = latitudes.mean, let longitude = longitudes.mean else { return nil }
        return (latitude, longitude)
    }
}
