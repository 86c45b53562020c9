internal import Foundation

/// One keep-alive HTTP/1.1 connection to a loopback port on a blocking socket: as little client as a load can have, so
/// that the figures are the server's.
final class LoadConnection {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// Bytes of the buffer that are the answer so far.
    private var filled = 0

    /// - Throws: `LoadError.connection`.
    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw LoadError.connection(errno) }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            let code = errno
            close(descriptor)
            throw LoadError.connection(code)
        }
    }

    deinit {
        close(descriptor)
    }

    /// The bytes of a POST, so that a load builds each request once.
    static func request(path: String, body: [UInt8]) -> [UInt8] {
        let head =
            "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
        return Array(head.utf8) + body
    }

    /// The bytes of a GET.
    static func request(path: String) -> [UInt8] {
        Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8)
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Returns: the answer's body.
    /// - Throws: `LoadError`.
    func send(_ request: [UInt8]) throws -> [UInt8] {
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw LoadError.connection(errno) }
            sent += count
        }
        filled = 0
        let headEnd = try readHead()
        let head = buffer[..<headEnd]
        guard head.starts(with: "HTTP/1.1 200".utf8), let length = Self.contentLength(head) else {
            throw LoadError.answer(String(decoding: head.prefix { $0 != UInt8(ascii: "\r") }, as: UTF8.self))
        }
        while filled < headEnd + length { try readMore() }
        return Array(buffer[headEnd..<(headEnd + length)])
    }

    /// - Returns: where the head ends.
    private func readHead() throws -> Int {
        var searched = 0
        while true {
            try readMore()
            while searched + 4 <= filled {
                if buffer[searched..<searched + 4].elementsEqual("\r\n\r\n".utf8) { return searched + 4 }
                searched += 1
            }
        }
    }

    private func readMore() throws {
        if filled == buffer.count { buffer.append(contentsOf: repeatElement(0, count: 65_536)) }
        let count = buffer[filled...].withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { throw LoadError.connection(errno) }
        filled += count
    }

    private static func contentLength(_ head: ArraySlice<UInt8>) -> Int? {
        let name = Array("\r\ncontent-length:".utf8)
        let start = head.indices.first { start in
            // Field names are ASCII: bit 5 is all that tells cases apart.
            head[start...].prefix(name.count).elementsEqual(name) { $0 | 0x20 == $1 | 0x20 }
        }
        guard let start else { return nil }
        let digits = head[(start + name.count)...].drop { $0 == UInt8(ascii: " ") }.prefix { $0 >= 48 && $0 <= 57 }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}

enum LoadError: Error, CustomStringConvertible {
    case connection(Int32)
    case answer(String)

    var description: String {
        switch self {
        case .connection(let code): "The connection broke: \(String(cString: strerror(code)))"
        case .answer(let status): "The node answered: \(status)"
        }
    }
}
