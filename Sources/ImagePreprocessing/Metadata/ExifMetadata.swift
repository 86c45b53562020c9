/// What a picture's EXIF says of where and when it was taken, and how it is to be shown.
///
/// Source: CIPA DC-008 (EXIF 2.32), sections 4.6.4 to 4.6.6.
public struct ExifMetadata: Sendable, Equatable {
    /// Degrees, north and east.
    public struct Location: Sendable, Equatable {
        public var latitude: Double
        public var longitude: Double
    }

    /// `2024-05-01T12:30:00`, with the offset from UTC behind it where the camera knew it; nil where there is none, or nonsense.
    public let date: String?
    public let location: Location?
    public let orientation: Orientation

    /// Reads what there is; files are not trusted, and what leads nowhere is left out.
    ///
    /// - Complexity: O(the file's segments).
    public init(of bytes: [UInt8], format: ImageFormat) {
        let root = ExifSegment.find(in: bytes, format: format).flatMap { TIFFDirectory($0) }
        orientation = root?.integer(Tag.orientation).flatMap(Orientation.init) ?? .upright
        let exif = root?.directory(Tag.exif)
        date = Self.date(
            exif?.text(Tag.originalDate) ?? exif?.text(Tag.digitizedDate) ?? root?.text(Tag.date),
            offset: exif?.text(Tag.originalOffset) ?? exif?.text(Tag.offset))
        location = root?.directory(Tag.gps).flatMap(Self.location)
    }

    private enum Tag {
        static let orientation = 0x0112, date = 0x0132, exif = 0x8769, gps = 0x8825
        static let originalDate = 0x9003, digitizedDate = 0x9004, offset = 0x9010, originalOffset = 0x9011
        static let latitudeSide = 1, latitude = 2, longitudeSide = 3, longitude = 4
    }

    /// `YYYY:MM:DD HH:MM:SS`; cameras without a clock write spaces or zeros.
    private static func date(_ text: String?, offset: String?) -> String? {
        guard let text else { return nil }
        let characters = Array(text.utf8)
        guard characters.count >= 19, characters[10] == UInt8(ascii: " ") || characters[10] == UInt8(ascii: "T") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            let digits = characters[range]
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        let separators = [4, 7, 13, 16].map { characters[$0] }
        guard separators.prefix(2).allSatisfy({ $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-") }),
            separators.suffix(2).allSatisfy({ $0 == UInt8(ascii: ":") }),
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), let second = number(17..<19),
            year > 0, (1...12).contains(month), (1...Self.days(in: month, year)).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        func padded(_ value: Int, _ width: Int = 2) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month))-\(padded(day))T\(padded(hour)):\(padded(minute)):\(padded(second))"
            + (offset.flatMap(Self.offset) ?? "")
    }

    private static func days(in month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// `+02:00`; nil for anything else.
    private static func offset(_ text: String) -> String? {
        let characters = Array(text.utf8)
        guard characters.count == 6, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(characters[0]), characters[3] == UInt8(ascii: ":"),
            let hour = Int(text.dropFirst().prefix(2)), let minute = Int(text.suffix(2)), (0...14).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return text
    }

    private static func location(_ gps: TIFFDirectory) -> Location? {
        guard let latitude = degrees(gps, Tag.latitude, Tag.latitudeSide, positive: "N", negative: "S", limit: 90),
            let longitude = degrees(gps, Tag.longitude, Tag.longitudeSide, positive: "E", negative: "W", limit: 180)
        else { return nil }
        return Location(latitude: latitude, longitude: longitude)
    }

    private static func degrees(
        _ gps: TIFFDirectory, _ tag: Int, _ side: Int, positive: String, negative: String, limit: Double
    ) -> Double? {
        guard let parts = gps.rationals(tag, count: 3), let letter = gps.text(side)?.uppercased(),
            letter == positive || letter == negative, parts[1] < 60, parts[2] < 60
        else { return nil }
        let degrees = parts[0] + parts[1] / 60 + parts[2] / 3600
        return degrees <= limit ? (letter == negative ? -degrees : degrees) : nil
    }
}
