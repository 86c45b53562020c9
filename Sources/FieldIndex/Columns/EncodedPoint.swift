/// A place in 64 bits: latitude in the upper half, longitude in the lower. Lucene's `GeoEncodingUtils`.
public struct EncodedPoint: Equatable, Sendable {
    public let bits: Int64

    public init(bits: Int64) { self.bits = bits }

    /// - Parameters: in degrees; what is beyond the poles or the date line is brought to it.
    public init(latitude: Double, longitude: Double) {
        self.init(
            latitude: Self.encode(latitude, Self.latitudeStep), longitude: Self.encode(longitude, Self.longitudeStep))
    }

    init(latitude: Int32, longitude: Int32) {
        bits = Int64(latitude) << 32 | Int64(UInt32(bitPattern: longitude))
    }

    static let latitudeStep = 180 / 0x1p32
    static let longitudeStep = 360 / 0x1p32

    var encodedLatitude: Int32 { Int32(truncatingIfNeeded: bits >> 32) }
    var encodedLongitude: Int32 { Int32(truncatingIfNeeded: bits) }

    public var latitude: Double { Double(encodedLatitude) * Self.latitudeStep }
    public var longitude: Double { Double(encodedLongitude) * Self.longitudeStep }

    /// The step below.
    static func encode(_ degrees: Double, _ step: Double) -> Int32 { Int32(clamping: whole((degrees / step).rounded(.down))) }

    /// The step above, for the lower ends of boxes.
    static func encodeUp(_ degrees: Double, _ step: Double) -> Int32 { Int32(clamping: whole((degrees / step).rounded(.up))) }

    private static func whole(_ value: Double) -> Int64 { Int64(exactly: min(max(value, -0x1p40), 0x1p40)) ?? 0 }
}
