internal import Foundation
internal import Glibc

/// One kept HTTP connection, as plain as it can be: a request, and its answer read to the end.
final class FuzzConnection {
    private let port: Int
    private var socket: CInt = -1
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    init(port: Int) { self.port = port }

    /// - Returns: the answer's status; nil where the server closed the connection.
    func send(_ method: String, _ path: String, _ body: ArraySlice<UInt8>) -> Int {
        // A connection that the server has closed is found out by using it.
        exchange(method, path, body) ?? exchange(method, path, body) ?? 0
    }

    private func exchange(_ method: String, _ path: String, _ body: ArraySlice<UInt8>) -> Int? {
        if socket < 0 { connect() }
        let lines = path.contains("_bulk") || path.contains("_msearch")
        let type = body.isEmpty ? "" : "Content-Type: application/\(lines ? "x-ndjson" : "json")\r\n"
        let head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(type)Content-Length: \(body.count)\r\n\r\n"
        guard write(Array(head.utf8) + body), let answer = readHead() else { return close() }
        let lowered = answer.head.lowercased()
        guard let status = Int(answer.head.dropFirst(9).prefix(3)) else { return close() }
        var left = 0
        if method != "HEAD", let field = lowered.range(of: "content-length: ") {
            left = Int(lowered[field.upperBound...].prefix { $0.isNumber }) ?? 0
        }
        guard skip(left - answer.rest) else { return close() }
        if lowered.contains("connection: close") { _ = close() }
        return status
    }

    private func connect() {
        socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var one: CInt = 1
        setsockopt(socket, CInt(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<CInt>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { fatalError("the server takes no connections: \(errno)") }
    }

    private func close() -> Int? {
        Glibc.close(socket)
        socket = -1
        return nil
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    private func readHead() -> (head: String, rest: Int)? {
        var filled = 0
        while filled < buffer.count {
            let count = buffer[filled...].withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
            if count <= 0 { return nil }
            filled += count
            let text = String(decoding: buffer[..<filled], as: UTF8.self)
            guard let end = text.utf8.firstRange(of: "\r\n\r\n".utf8) else { continue }
            return (String(text[..<end.lowerBound]), text.utf8.distance(from: end.upperBound, to: text.utf8.endIndex))
        }
        return nil
    }

    private func skip(_ count: Int) -> Bool {
        var left = count
        while left > 0 {
            let read = buffer.withUnsafeMutableBytes { recv(socket, $0.baseAddress, min($0.count, left), 0) }
            if read <= 0 { return false }
            left -= read
        }
        return true
    }
}
