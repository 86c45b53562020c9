public import JSON

/// A place on Earth, in degrees.
public struct GeoPoint: Equatable, Hashable, Sendable {
    public var latitude: Double
    public var longitude: Double

    /// What is wrong with a geo point. Each case notes Elasticsearch's reason for it.
    public enum Problem: Error, Equatable, Sendable {
        /// `geo_point expected`
        case unknownForm
        /// `field [lat] missing` or `[lon]`
        case missing(String)
        /// `[lat] must be a valid double value`
        case notANumber(String)
        /// `field must be either [lat], [lon], [geohash], [type] or [coordinates]`
        case unexpectedMember(String)
        /// `illegal latitude value [91.0] for f`
        case latitudeOutOfRange(Double)
        /// `illegal longitude value [181.0] for f`
        case longitudeOutOfRange(Double)
        /// `unsupported symbol [x] in geohash [y]`
        case malformedGeohash(String)
        /// `[geo_point] field type does not accept …`: coordinates that are not two or three numbers.
        case wrongCoordinateCount(Int)
    }

    /// - Throws: when a coordinate is off the globe.
    public init(latitude: Double, longitude: Double) throws(Problem) {
        guard (-90...90).contains(latitude) else { throw .latitudeOutOfRange(latitude) }
        guard (-180...180).contains(longitude) else { throw .longitudeOutOfRange(longitude) }
        self.latitude = latitude
        self.longitude = longitude
    }

    /// A place whose coordinates may be off the globe, which goes around it once more, as on Elasticsearch's fields that ignore
    /// what is malformed.
    ///
    /// - Throws: for what is no number.
    init(wrapping latitude: Double, _ longitude: Double) throws(Problem) {
        guard latitude.isFinite else { throw .latitudeOutOfRange(latitude) }
        guard longitude.isFinite else { throw .longitudeOutOfRange(longitude) }
        // Beyond a pole is the other side of it.
        var latitude = latitude.remainder(dividingBy: 360), longitude = longitude
        if abs(latitude) > 90 {
            latitude = (latitude < 0 ? -180 : 180) - latitude
            longitude += 180
        }
        longitude = (-180...180).contains(longitude) ? longitude : longitude.remainder(dividingBy: 360)
        try self.init(latitude: latitude, longitude: longitude)
    }

    /// Reads any of the forms: an object, `[lon, lat]`, `"lat,lon"`, `POINT (lon lat)`, a geohash, GeoJSON.
    ///
    /// - Parameter wraps: whether coordinates may be off the globe, as in `init(wrapping:_:)`.
    public init(_ element: JSONElement, wraps: Bool = false) throws(Problem) {
        if let text = element.string {
            try self.init(text: text, wraps: wraps)
        } else if let array = element.array {
            try self.init(coordinates: array, wraps)
        } else if let members = element.object {
            try self.init(members: members, wraps)
        } else {
            throw .unknownForm
        }
    }

    private init(_ latitude: Double, _ longitude: Double, wraps: Bool) throws(Problem) {
        if wraps { try self.init(wrapping: latitude, longitude) } else { try self.init(latitude: latitude, longitude: longitude) }
    }

    private init(coordinates: JSONArray, _ wraps: Bool) throws(Problem) {
        let numbers = Array(coordinates)
        guard numbers.count == 2 || numbers.count == 3 else { throw .wrongCoordinateCount(numbers.count) }
        try self.init(try Self.number(numbers[1], "lat"), try Self.number(numbers[0], "lon"), wraps: wraps)
    }

    private init(members: JSONObject, _ wraps: Bool) throws(Problem) {
        var latitude: Double?
        var longitude: Double?
        var geohash: String?
        var coordinates: JSONArray?
        for (key, value) in members {
            switch key {
            case "lat": latitude = try Self.number(value, "lat")
            case "lon": longitude = try Self.number(value, "lon")
            case "geohash": geohash = value.string
            case "coordinates": coordinates = value.array
            case "type", "z": break
            default: throw .unexpectedMember(key)
            }
        }
        if let coordinates {
            try self.init(coordinates: coordinates, wraps)
        } else if let geohash {
            try self.init(geohash: geohash)
        } else {
            guard let latitude else { throw .missing("lat") }
            guard let longitude else { throw .missing("lon") }
            try self.init(latitude, longitude, wraps: wraps)
        }
    }

    public init(text: String, wraps: Bool = false) throws(Problem) {
        let upper = text.uppercased()
        if upper.hasPrefix("POINT") {
            let inner = text.dropFirst(5).drop { $0 == " " || $0 == "(" }.prefix { $0 != ")" }
            let parts = inner.split(separator: " ").compactMap { Double($0) }
            guard parts.count == 2 || parts.count == 3 else { throw .wrongCoordinateCount(parts.count) }
            try self.init(parts[1], parts[0], wraps: wraps)
        } else if text.contains(",") {
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
                Double(String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
            }
            guard parts.count == 2 || parts.count == 3 else { throw .wrongCoordinateCount(parts.count) }
            guard let latitude = parts[0] else { throw .notANumber("lat") }
            guard let longitude = parts[1] else { throw .notANumber("lon") }
            try self.init(latitude, longitude, wraps: wraps)
        } else {
            try self.init(geohash: text)
        }
    }

    /// The middle of a geohash cell (https://en.wikipedia.org/wiki/Geohash).
    init(geohash: String) throws(Problem) {
        let alphabet = Array("0123456789bcdefghjkmnpqrstuvwxyz".utf8)
        var bounds = (latitude: -90.0...90.0, longitude: -180.0...180.0)
        var isLongitude = true
        guard (1...12).contains(geohash.utf8.count) else { throw .malformedGeohash(geohash) }
        for byte in geohash.utf8 {
            guard let value = alphabet.firstIndex(of: byte) else { throw .malformedGeohash(geohash) }
            for bit in stride(from: 4, through: 0, by: -1) {
                let isUpper = value >> bit & 1 == 1
                if isLongitude {
                    bounds.longitude = Self.half(bounds.longitude, isUpper)
                } else {
                    bounds.latitude = Self.half(bounds.latitude, isUpper)
                }
                isLongitude.toggle()
            }
        }
        try self.init(latitude: Self.middle(bounds.latitude), longitude: Self.middle(bounds.longitude))
    }

    private static func middle(_ range: ClosedRange<Double>) -> Double { (range.lowerBound + range.upperBound) / 2 }

    private static func half(_ range: ClosedRange<Double>, _ isUpper: Bool) -> ClosedRange<Double> {
        isUpper ? middle(range)...range.upperBound : range.lowerBound...middle(range)
    }

    private static func number(_ element: JSONElement, _ name: String) throws(Problem) -> Double {
        guard let value = element.double ?? element.string.flatMap({ Double($0) }) else { throw .notANumber(name) }
        return value
    }
}

extension FieldMapping {
    /// The point that is indexed in the place of an explicit null.
    var nullPoint: GeoPoint? {
        nullValue.flatMap { try? JSONDocument(parsing: $0.serialized()) }.flatMap { try? GeoPoint($0.root) }
    }
}
