internal import CImageCodecs

/// The safe face of one of the C readers.
struct Codec {
    private typealias Reader = (
        UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<cimage_info>?, UnsafeMutablePointer<UInt8>?,
        UnsafeMutablePointer<CChar>?
    ) -> cimage_status

    let format: ImageFormat
    /// By how much a JPEG is read smaller than it is: 1, 2, 4 or 8.
    private let denominator: Int32

    init(_ format: ImageFormat, denominator: Int = 1) {
        self.format = format
        self.denominator = Int32(denominator)
    }

    func header(of bytes: [UInt8]) throws(ImageError) -> ImageHeader {
        var info = cimage_info()
        try read(bytes, &info, into: nil)
        guard info.width > 0, info.height > 0 else { throw .corrupt(format, reason: "the picture has no pixels") }
        return ImageHeader(
            format: format, width: Int(info.width), height: Int(info.height), hasTransparency: info.channels == 4)
    }

    /// The pixels, `[height, width, 3]` or, where the header has transparency, `[height, width, 4]`.
    func pixels(of bytes: [UInt8], header: ImageHeader) throws(ImageError) -> [UInt8] {
        var failure: ImageError?
        let count = header.width * header.height * (header.hasTransparency ? 4 : 3)
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(ImageError) {
                var info = cimage_info()
                try read(bytes, &info, into: buffer.baseAddress)
                initialized = count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return pixels
    }

    private func read(
        _ bytes: [UInt8], _ info: inout cimage_info, into target: UnsafeMutablePointer<UInt8>?
    ) throws(ImageError) {
        var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_LENGTH))
        let status = reader(bytes, bytes.count, &info, target, &message)
        let reason = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        switch status {
        case CIMAGE_OK: return
        case CIMAGE_TRUNCATED: throw .truncated(format, reason: reason)
        case CIMAGE_UNSUPPORTED: throw .unsupported(format, reason: reason)
        case CIMAGE_OUT_OF_MEMORY: throw .outOfMemory(format)
        default: throw .corrupt(format, reason: reason)
        }
    }

    private var reader: Reader {
        switch format {
        case .jpeg:
            { [denominator] in cimage_read_jpeg_reduced($0, $1, denominator, $2, $3, $4) }
        case .png: cimage_read_png
        case .webp: cimage_read_webp
        case .gif: cimage_read_gif
        }
    }
}
