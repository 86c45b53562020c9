internal import Glibc

/// A circle on the globe: degrees, and metres on a sphere of the Earth's mean radius.
public struct GeoCircle: Hashable, Sendable {
    /// Of a sphere, in metres: WGS 84's mean radius, as Lucene has it.
    public static let earthRadius = 6_371_008.7714

    public var latitude: Double
    public var longitude: Double
    public var radius: Double

    public init(latitude: Double, longitude: Double, radius: Double) {
        self.latitude = latitude
        self.longitude = longitude
        self.radius = radius
    }

    /// The metres between two places, in degrees, by the haversine formula.
    public static func distance(_ latitude: Double, _ longitude: Double, _ other: Double, _ otherLongitude: Double) -> Double {
        2 * earthRadius * asin(min(1, (haversine(latitude, longitude, other, otherLongitude) / 2).squareRoot()))
    }

    /// The metres between two places as on a plane, where longitudes are as far apart as midway between the two.
    public static func planeDistance(_ latitude: Double, _ longitude: Double, _ other: Double, _ otherLongitude: Double) -> Double {
        let x = (otherLongitude - longitude) * .pi / 180 * cos((latitude + other) / 2 * .pi / 180)
        let y = (other - latitude) * .pi / 180
        return (x * x + y * y).squareRoot() * earthRadius
    }

    /// Twice the haversine of the central angle: grows with the distance, and is cheaper.
    static func haversine(_ latitude: Double, _ longitude: Double, _ other: Double, _ otherLongitude: Double) -> Double {
        let (first, second) = (latitude * .pi / 180, other * .pi / 180)
        return 1 - cos(first - second) + cos(first) * cos(second) * (1 - cos((longitude - otherLongitude) * .pi / 180))
    }
}
