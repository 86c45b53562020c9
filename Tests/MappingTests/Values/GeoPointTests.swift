import JSON
import Testing

@testable import Mapping

struct GeoPointTests {
    private func point(_ json: String) throws -> GeoPoint { try GeoPoint(try JSONDocument(parsing: json).root) }

    @Test(arguments: [
        #"{"lat":48.5,"lon":9.25}"#, #"{"lat":"48.5","lon":"9.25"}"#, "[9.25,48.5]", "[9.25,48.5,120]", #""48.5,9.25""#,
        #""48.5, 9.25""#, #""POINT (9.25 48.5)""#, #""point(9.25 48.5)""#,
        #"{"type":"Point","coordinates":[9.25,48.5]}"#,
    ])
    func allFormsAreRead(json: String) throws {
        #expect(try point(json) == GeoPoint(latitude: 48.5, longitude: 9.25))
    }

    @Test func geohashesAreTheMiddleOfTheirCell() throws {
        let point = try point(#""drm3btev3e86""#)
        #expect(abs(point.latitude - 41.12) < 1e-4)
        #expect(abs(point.longitude + 71.34) < 1e-4)
    }

    @Test(arguments: [
        ("12", GeoPoint.Problem.unknownForm), ("[1]", .wrongCoordinateCount(1)),
        ("[1,2,3,4]", .wrongCoordinateCount(4)),
        (#"[181,0]"#, .longitudeOutOfRange(181)), (#""91,0""#, .latitudeOutOfRange(91)),
        (#"{"lat":1}"#, .missing("lon")),
        (#"{"lon":1}"#, .missing("lat")), (#"{"lat":"x","lon":1}"#, .notANumber("lat")),
        (#"{"latitude":1}"#, .unexpectedMember("latitude")), (#""il""#, .malformedGeohash("il")),
        (#""""#, .malformedGeohash("")),
        (#""nan,0""#, .latitudeOutOfRange(.nan)),
    ])
    func otherFormsAreRefused(json: String, expected: GeoPoint.Problem) {
        // NaN equals nothing: the descriptions are compared.
        #expect(error(GeoPoint.Problem.self) { try point(json) }.map { "\($0)" } == "\(expected)")
    }

    @Test(arguments: [
        ("[182.5,20]", 20.0, -177.5), (#""91,0""#, 89, -180), (#"{"lat":-95,"lon":10}"#, -85, -170), (#""POINT (-190 45)""#, 45, 170),
        ("[540,0]", 0, -180), ("[180,90]", 90, 180),
    ])
    func whatIsOffTheGlobeGoesAroundIt(json: String, latitude: Double, longitude: Double) throws {
        let point = try GeoPoint(try JSONDocument(parsing: json).root, wraps: true)
        #expect(point.latitude == latitude && abs(point.longitude) == abs(longitude), "\(point)")
        #expect(abs(longitude) == 180 || point.longitude == longitude)
    }
}
