// Names that systems, engines of containers, hypervisors and VPNs give to what they make. "br0", "vmbr0" and an external vEthernet hold
// the machine's own address and are not among them.
const NAMES = [
  /^(lo\d*$|docker|veth|ve-|vb-|br-([0-9a-f]{12}$|int$|ex$|tun$)|virbr|vmnet|vboxnet|vmenet|feth|bridge\d)/i,
  /^(lxc|lxdbr|incusbr|podman|cni|cali|cilium|flannel|weave|nerdctl|kube-|nodelocaldns|antrea|ovs-|ovn-|genev|vxlan|dummy|ifb\d)/i,
  /^(azv|eni[0-9a-f]{6}|vif\d|vnet\d|gke[0-9a-f]|tap|tun|tunl|sit\d|gre|gif\d|stf\d|awdl|llw|anpi|utun|ppp|ipsec|vti|xfrm)/i,
  /^(wg|tailscale|zt[a-z0-9]{8}|nebula|ham\d|wt\d|gpd\d|cscotun|nordlynx|proton|mullvad|cloudflarewarp)/i,
  /vmware|virtualbox|host-only|hyper-v|zerotier|wireguard|openvpn|vpn|hamachi|npcap|loopback|teredo|isatap|6to4|bluetooth/i,
  /\b(virtual|tailscale|docker|wsl|tunnel|tun|tap|warp|globalprotect|pangp|forti\w*|anyconnect|sonicwall|pulse secure|netbird|nebula)\b/i,
  // "Local Area Connection* 2" in any language: adapters of Wi-Fi Direct and of the system itself.
  /\*\s*\d*$/,
];

// Hyper-V's adapters of the host. An external switch takes over the address of the card below it; these are internal.
const HYPER_V = /^vethernet/i;
const INTERNAL_SWITCHES =
  /default|standard|par défaut|predeterminado|predefinito|умолчанию|\bwsl|\bnat\b|\bhns|docker|intern|private|privat/i;

// Host adapters of VirtualBox and VMware, TAP-Windows: newer ones are called "Ethernet 2".
const ADDRESSES_OF_MAKERS = /^(0a:00:27|00:50:56:c0|00:ff):/i;

/** Whether an interface is made by software on this machine, so that its address is not the one by which others know the machine. */
export function isVirtualInterface(name: string, mac?: string): boolean {
  if (HYPER_V.test(name)) return INTERNAL_SWITCHES.test(name);
  return NAMES.some((pattern) => pattern.test(name)) || (mac !== undefined && ADDRESSES_OF_MAKERS.test(mac));
}
