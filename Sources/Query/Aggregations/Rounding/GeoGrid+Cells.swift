internal import Glibc

extension GeoGrid {
    private static let base32 = Array("0123456789bcdefghjkmnpqrstuvwxyz".utf8)

    /// The cell that a point lies in.
    public func key(latitude: Double, longitude: Double) -> BucketKey {
        switch self {
        case .geohash(let precision): .string(Self.geohash(latitude, longitude, precision))
        case .tile(let zoom): .long(Self.tile(latitude, longitude, zoom))
        }
    }

    /// A cell's name.
    public func text(_ key: BucketKey) -> String {
        switch key {
        case .string(let text): text
        case .long(let tile): "\(tile >> 58)/\(tile >> 29 & 0x1fff_ffff)/\(tile & 0x1fff_ffff)"
        case .double: ""
        }
    }

    /// Source: https://en.wikipedia.org/wiki/Geohash
    private static func geohash(_ latitude: Double, _ longitude: Double, _ precision: Int) -> String {
        var (south, north, west, east) = (-90.0, 90.0, -180.0, 180.0)
        var text: [UInt8] = [], isEven = true
        for _ in 0..<precision {
            var digit = 0
            for _ in 0..<5 {
                if isEven {
                    let middle = (west + east) / 2
                    digit = digit << 1 | (longitude >= middle ? 1 : 0)
                    if longitude >= middle { west = middle } else { east = middle }
                } else {
                    let middle = (south + north) / 2
                    digit = digit << 1 | (latitude >= middle ? 1 : 0)
                    if latitude >= middle { south = middle } else { north = middle }
                }
                isEven.toggle()
            }
            text.append(base32[digit])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Zoom, column and row in one number.
    ///
    /// Source: https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames
    private static func tile(_ latitude: Double, _ longitude: Double, _ zoom: Int) -> Int64 {
        let tiles = exp2(Double(zoom)), most = Int64(tiles) - 1
        let sine = sin(min(max(latitude, -85.0511287798066), 85.0511287798066) * .pi / 180)
        let column = ((longitude + 180) / 360 * tiles).rounded(.down)
        let row = ((0.5 - log((1 + sine) / (1 - sine)) / (4 * .pi)) * tiles).rounded(.down)
        func bounded(_ value: Double) -> Int64 { min(max(Int64(clamping: value), 0), most) }
        return Int64(zoom) << 58 | bounded(column) << 29 | bounded(row)
    }
}
