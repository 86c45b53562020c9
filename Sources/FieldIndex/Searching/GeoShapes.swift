internal import Glibc

/// A box on the globe, in degrees; it crosses the date line where `left` is greater than `right`.
public struct GeoBox: Hashable, Sendable {
    public var top: Double
    public var left: Double
    public var bottom: Double
    public var right: Double

    public init(top: Double, left: Double, bottom: Double, right: Double) {
        self.top = top
        self.left = left
        self.bottom = bottom
        self.right = right
    }
}

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

    /// Twice the haversine of the central angle: grows with the distance, and is cheaper.
    static func haversine(_ latitude: Double, _ longitude: Double, _ other: Double, _ otherLongitude: Double) -> Double {
        let (first, second) = (latitude * .pi / 180, other * .pi / 180)
        return 1 - cos(first - second) + cos(first) * cos(second) * (1 - cos((longitude - otherLongitude) * .pi / 180))
    }
}

/// Whether points, as they are encoded, lie in a box: no degrees are needed for it.
struct GeoBoxTest {
    private let latitudes: ClosedRange<Int32>?
    private let (left, right): (Int32, Int32)
    private let crossesDateLine: Bool

    init(_ box: GeoBox) {
        let bottom = EncodedPoint.encodeUp(box.bottom, EncodedPoint.latitudeStep)
        let top = EncodedPoint.encode(box.top, EncodedPoint.latitudeStep)
        latitudes = bottom <= top ? bottom...top : nil
        left = EncodedPoint.encodeUp(box.left, EncodedPoint.longitudeStep)
        right = EncodedPoint.encode(box.right, EncodedPoint.longitudeStep)
        crossesDateLine = box.left > box.right
    }

    @inline(__always)
    func contains(_ point: EncodedPoint) -> Bool {
        guard let latitudes, latitudes.contains(point.encodedLatitude) else { return false }
        let longitude = point.encodedLongitude
        return crossesDateLine ? longitude >= left || longitude <= right : longitude >= left && longitude <= right
    }
}

/// Whether points lie in a circle: those in the box around it are measured.
struct GeoCircleTest {
    private let circle: GeoCircle
    private let box: GeoBoxTest
    private let greatest: Double

    init(_ circle: GeoCircle) {
        self.circle = circle
        let angle = max(circle.radius, 0) / GeoCircle.earthRadius
        greatest = angle >= .pi ? .infinity : 2 * sin(angle / 2) * sin(angle / 2)
        // A little more than the circle, for what rounding takes.
        let margin = 1e-6
        let reach = angle * 180 / .pi + margin
        var around = GeoBox(
            top: min(circle.latitude + reach, 90), left: -180, bottom: max(circle.latitude - reach, -90), right: 180)
        let opening = angle < .pi / 2 ? sin(angle) / cos(circle.latitude * .pi / 180) : 2
        if circle.latitude + reach < 90, circle.latitude - reach > -90, opening < 1 {
            let width = asin(opening) * 180 / .pi + margin
            around.left = circle.longitude - width
            around.right = circle.longitude + width
            if around.left < -180 { around.left += 360 }
            if around.right > 180 { around.right -= 360 }
        }
        box = GeoBoxTest(around)
    }

    @inline(__always)
    func contains(_ point: EncodedPoint) -> Bool {
        guard box.contains(point) else { return false }
        return GeoCircle.haversine(circle.latitude, circle.longitude, point.latitude, point.longitude) <= greatest
    }
}
