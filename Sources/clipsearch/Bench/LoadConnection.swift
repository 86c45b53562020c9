internal import Foundation

/// One keep-alive HTTP/1.1 connection to a loopback port on a blocking socket: as little client as a load can have, so
/// that the figures are the server's.
final class LoadConnection {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

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
        buffer.removeAll(keepingCapacity: true)
        let headEnd = try readHead()
        let head = String(decoding: buffer[..<headEnd], as: UTF8.self).lowercased()
        guard head.hasPrefix("http/1.1 200"), let length = Self.contentLength(head) else {
            throw LoadError.answer(String(head.prefix { $0 != "\r\n" }))
        }
        while buffer.count < headEnd + length { try readMore() }
        return Array(buffer[headEnd..<(headEnd + length)])
    }

    private func readHead() throws -> Int {
        let terminator = Array("\r\n\r\n".utf8)
        while true {
            if let range = buffer.firstRange(of: terminator) { return range.upperBound }
            try readMore()
        }
    }

    private func readMore() throws {
        let start = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: 65_536))
        let count = buffer[start...].withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        buffer.removeLast(65_536 - max(0, count))
        guard count > 0 else { throw LoadError.connection(errno) }
    }

    private static func contentLength(_ head: String) -> Int? {
        guard let line = head.split(separator: "\r\n").first(where: { $0.hasPrefix("content-length:") }) else { return nil }
        return Int(line.dropFirst("content-length:".count).filter { $0 != " " })
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
