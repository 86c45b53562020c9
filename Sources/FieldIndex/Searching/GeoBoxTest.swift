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
