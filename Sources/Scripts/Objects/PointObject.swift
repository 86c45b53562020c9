internal import Foundation

/// A point on the earth.
final class PointObject: ScriptObject {
    let latitude: Double
    let longitude: Double

    init(latitude: Double, longitude: Double) {
        (self.latitude, self.longitude) = (latitude, longitude)
    }

    let typeName = "org.elasticsearch.common.geo.GeoPoint"
    var text: String { "\(latitude), \(longitude)" }

    func isEqual(_ other: any ScriptObject) -> Bool {
        guard let other = other as? PointObject else { return false }
        return other.latitude == latitude && other.longitude == longitude
    }

    func member(_ name: String, _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch name {
        case "lat": .double(latitude)
        case "lon": .double(longitude)
        default: nil
        }
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("getLat", 0): .double(latitude)
        case ("getLon", 0): .double(longitude)
        default: nil
        }
    }

    /// Metres along the great circle, by the haversine formula on Lucene's mean radius of the earth.
    func distance(latitude other: Double, longitude: Double) -> Double {
        let radians = Double.pi / 180
        let a = latitude * radians, b = other * radians
        let h = pow(sin((b - a) / 2), 2) + cos(a) * cos(b) * pow(sin((longitude - self.longitude) * radians / 2), 2)
        return 2 * 6_371_008.7714 * asin(min(1, h.squareRoot()))
    }

    /// Metres as on a plane on which a degree is as long everywhere as at the equator, but for longitudes, which are shorter
    /// towards the poles.
    func planeDistance(latitude other: Double, longitude: Double) -> Double {
        let degree = 2 * Double.pi * 6_371_008.7714 / 360
        let x = (longitude - self.longitude) * cos((other + latitude) / 2 * .pi / 180)
        return (x * x + (other - latitude) * (other - latitude)).squareRoot() * degree
    }
}
