internal import CZlib
internal import NIOCore

/// The content codings of HTTP bodies: gzip both ways, deflate inwards.
enum ContentCoding {
    /// A body that cannot be decompressed.
    enum Failure: Error, Equatable {
        case damaged
        case tooLarge
    }

    /// Fast rather than small: most answers go over a loopback or a rack.
    private static let level: Int32 = 1
    private static let chunk = 64 * 1024

    /// Decompresses a gzip or zlib body.
    ///
    /// - Parameter limit: the most bytes that may come out.
    static func inflated(_ body: ByteBuffer, limit: Int) throws(Failure) -> ByteBuffer {
        let result: Result<ByteBuffer, Failure> = body.withUnsafeReadableBytes { input in
            let bytes = input.bindMemory(to: UInt8.self)
            guard let start = bytes.baseAddress, let inflater = czlib_inflater_new(start, bytes.count) else {
                return .failure(.damaged)
            }
            defer { czlib_inflater_free(inflater) }
            var output = ByteBuffer()
            var status = CZLIB_MORE
            while status == CZLIB_MORE {
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: chunk) { room in
                    var written = 0
                    status = czlib_inflater_read(inflater, room.bindMemory(to: UInt8.self).baseAddress, room.count, &written)
                    return written
                }
                if output.readableBytes > limit { return .failure(.tooLarge) }
            }
            return status == CZLIB_END ? .success(output) : .failure(.damaged)
        }
        return try result.get()
    }

    /// Compresses a body as one gzip member; nil if memory is short.
    static func gzipped(_ body: [UInt8]) -> ByteBuffer? {
        var output = ByteBuffer()
        let written = output.writeWithUnsafeMutableBytes(minimumWritableBytes: czlib_gzip_bound(body.count)) { room in
            czlib_gzip(body, body.count, level, room.bindMemory(to: UInt8.self).baseAddress, room.count)
        }
        return written > 0 ? output : nil
    }
}
