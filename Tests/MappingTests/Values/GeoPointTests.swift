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
}
