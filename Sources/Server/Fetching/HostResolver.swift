internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Finds the address of a host that is going to be connected to; nil if it has none.
typealias HostResolver = @Sendable (_ host: String, _ port: Int) async -> SocketAddress?

enum SystemResolver {
    /// The first address that the system knows; what is an address already is taken as the system reads it.
    @Sendable static func address(of host: String, port: Int) async -> SocketAddress? {
        try? await NIOThreadPool.singleton.runIfActive { try SocketAddress.makeAddressResolvingHost(host, port: port) }
    }
}

extension SocketAddress {
    /// The address's bytes in network order; nil for what is no internet address.
    var networkBytes: [UInt8]? {
        guard let text = ipAddress else { return nil }
        let isLong = self.protocol == .inet6
        var bytes = [UInt8](repeating: 0, count: isLong ? 16 : 4)
        return inet_pton(isLong ? AF_INET6 : AF_INET, text, &bytes) == 1 ? bytes : nil
    }
}
