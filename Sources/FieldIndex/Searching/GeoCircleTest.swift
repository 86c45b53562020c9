internal import Glibc

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
