// SPDX-License-Identifier: Apache-2.0
// rtp_load: RTP of many parties from one socket, and the limit beside it.
//
//   rtp_load load LEGS MIXED PORT WARM SECONDS   speaks for LEGS parties to 127.0.0.1:PORT
//   rtp_load reflect PORT                        sends every packet back, until killed
//
// Each party has an address of its own in 127.20.0.0/16, so one socket can speak for all of them
// with sendmmsg. Parties 2i and 2i+1 are a pair; with MIXED the one speaks A-law, the other µ-law.
// The first samples of each packet are a mark: ten symbols, each one of sixteen levels so far apart
// that decoding, mixing and coding anew leave them legible: party, sequence number, check.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum {
    BATCH = 64,
    PACKET = 172,
    HEADER = 12,
    SYMBOLS = 10,
    LEGS_MAX = 16384,
    HISTORY = 512,
    SLOTS = 20,
    BINS = 400000,
    A_LAW = 8,
    MU_LAW = 0
};

struct leg {
    uint16_t sequence;
    uint64_t sent_at[HISTORY];
    uint16_t heard[HISTORY];
};

static struct leg legs[LEGS_MAX];
static uint32_t bins[BINS];
static uint8_t codes[2][16];
static uint8_t symbols[2][256];
static uint8_t packets_in[BATCH][2048];

static uint64_t now_ns(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int linear(int codec, int code) {
    if (codec == 0) {
        int bits = code ^ 0x55, segment = bits >> 4 & 7, value = (bits & 15) << 4;
        value = segment == 0 ? value + 8 : (value + 0x108) << (segment - 1);
        return bits & 0x80 ? value : -value;
    }
    int bits = ~code & 0xff, value = (((bits & 15) << 3) + 0x84) << (bits >> 4 & 7);
    return bits & 0x80 ? 0x84 - value : value - 0x84;
}

// Levels in the middle of each A-law segment, of both signs; µ-law takes its nearest.
static void make_tables(void) {
    int levels[16];
    for (int k = 0; k < 16; k++) {
        int segment = k & 7, value = segment == 0 ? 136 : 392 << (segment - 1);
        levels[k] = k < 8 ? value : -value;
    }
    for (int codec = 0; codec < 2; codec++) {
        for (int k = 0; k < 16; k++) {
            int best = 0;
            for (int code = 1; code < 256; code++) {
                if (abs(linear(codec, code) - levels[k]) < abs(linear(codec, best) - levels[k]))
                    best = code;
            }
            codes[codec][k] = (uint8_t)best;
        }
        for (int code = 0; code < 256; code++) {
            symbols[codec][code] = 255;
            for (int k = 0; k < 16; k++) {
                if (abs(linear(codec, code) - levels[k]) <= abs(levels[k]) / 8 + 24)
                    symbols[codec][code] = (uint8_t)k;
            }
        }
    }
}

static int codec_of(int leg, int mixed) { return mixed && (leg & 1); }

static void write_mark(uint8_t *payload, int codec, uint32_t leg, uint16_t sequence) {
    uint32_t word = leg << 16 | sequence, check = 5;
    for (int i = 0; i < 8; i++) {
        uint32_t nibble = word >> (28 - 4 * i) & 15;
        check = check * 7 + nibble;
        payload[i] = codes[codec][nibble];
    }
    payload[8] = codes[codec][check & 15];
    payload[9] = codes[codec][check >> 4 & 15];
}

static int read_mark(const uint8_t *payload, int codec, uint32_t *word) {
    uint32_t check = 5;
    *word = 0;
    for (int i = 0; i < SYMBOLS; i++) {
        uint32_t nibble = symbols[codec][payload[i]];
        if (nibble == 255) return 0;
        if (i < 8) {
            *word = *word << 4 | nibble;
            check = check * 7 + nibble;
        } else if (nibble != (check >> (4 * (i - 8)) & 15)) {
            return 0;
        }
    }
    return 1;
}

static int open_socket(uint32_t address, int port) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0), size = 32 << 20, on = 1;
    struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    local.sin_addr.s_addr = htonl(address);
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&local, sizeof local) != 0) {
        perror("bind");
        exit(1);
    }
    return fd;
}

static uint64_t arrival(struct msghdr *header) {
    struct cmsghdr *control = CMSG_FIRSTHDR(header);
    if (control == NULL || control->cmsg_type != SCM_TIMESTAMPNS) return now_ns(CLOCK_REALTIME);
    struct timespec t;
    memcpy(&t, CMSG_DATA(control), sizeof t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static uint64_t counted_from, counted_to;
static uint64_t packets_heard, marks_sent, marks_heard, doubles, illegible;

static void hear(const uint8_t *packet, uint64_t at) {
    uint32_t word;
    packets_heard += at >= counted_from && at < counted_to;
    if (!read_mark(packet + HEADER, (packet[1] & 127) == A_LAW ? 0 : 1, &word)) {
        illegible += at >= counted_from && at < counted_to;
        return;
    }
    uint32_t index = word >> 16;
    uint16_t sequence = (uint16_t)word;
    if (index >= LEGS_MAX) return;
    struct leg *leg = &legs[index];
    uint64_t sent = leg->sent_at[sequence % HISTORY];
    if (sent < counted_from || sent >= counted_to || at < sent) return;
    if (leg->heard[sequence % HISTORY] == (uint16_t)(sequence + 1)) {
        doubles++;
        return;
    }
    leg->heard[sequence % HISTORY] = (uint16_t)(sequence + 1);
    marks_heard++;
    uint64_t bin = (at - sent) / 1000;
    bins[bin < BINS ? bin : BINS - 1]++;
}

static int receive_batch(int fd, struct mmsghdr *headers, int flags) {
    static struct iovec parts[BATCH];
    static struct sockaddr_in from[BATCH];
    static uint8_t controls[BATCH][64];
    for (int i = 0; i < BATCH; i++) {
        parts[i] = (struct iovec){packets_in[i], sizeof packets_in[i]};
        headers[i].msg_hdr = (struct msghdr){.msg_name = &from[i],
                                             .msg_namelen = sizeof from[i],
                                             .msg_iov = &parts[i],
                                             .msg_iovlen = 1,
                                             .msg_control = controls[i],
                                             .msg_controllen = sizeof controls[i]};
    }
    return recvmmsg(fd, headers, BATCH, flags, NULL);
}

static void receive_all(int fd) {
    static struct mmsghdr headers[BATCH];
    int count = BATCH;
    for (int round = 0; round < 8 && count == BATCH; round++) {
        count = receive_batch(fd, headers, MSG_DONTWAIT);
        for (int i = 0; i < count; i++) {
            if (headers[i].msg_len >= HEADER + SYMBOLS)
                hear(packets_in[i], arrival(&headers[i].msg_hdr));
        }
    }
}

static uint8_t packets_out[BATCH][PACKET];
static struct mmsghdr out[BATCH];

static void flush(int fd, int count) {
    for (int done = 0; done < count;) {
        int sent = sendmmsg(fd, out + done, (unsigned)(count - done), 0);
        done += sent > 0 ? sent : 1;
    }
}

static void prepare(int i, struct sockaddr_in *to, int leg) {
    static struct iovec parts[BATCH];
    static union {
        struct cmsghdr header;
        uint8_t bytes[CMSG_SPACE(sizeof(struct in_pktinfo))];
    } controls[BATCH];
    parts[i] = (struct iovec){packets_out[i], PACKET};
    struct cmsghdr *control = &controls[i].header;
    control->cmsg_level = IPPROTO_IP;
    control->cmsg_type = IP_PKTINFO;
    control->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
    struct in_pktinfo source = {0};
    source.ipi_spec_dst.s_addr = htonl(0x7f140000u | (uint32_t)(leg / 250) << 8 | (leg % 250 + 1));
    memcpy(CMSG_DATA(control), &source, sizeof source);
    out[i].msg_hdr = (struct msghdr){.msg_name = to,
                                     .msg_namelen = sizeof *to,
                                     .msg_iov = &parts[i],
                                     .msg_iovlen = 1,
                                     .msg_control = control,
                                     .msg_controllen = sizeof controls[i]};
}

static void write_packet(uint8_t *packet, int index, int codec) {
    struct leg *leg = &legs[index];
    uint32_t stamp = htonl(leg->sequence * 160u), source = htonl(0x50000000u + (uint32_t)index);
    uint16_t sequence = htons(leg->sequence);
    memset(packet + HEADER, codec ? 0xff : 0xd5, PACKET - HEADER);
    packet[0] = 0x80;
    packet[1] = codec ? MU_LAW : A_LAW;
    memcpy(packet + 2, &sequence, 2);
    memcpy(packet + 4, &stamp, 4);
    memcpy(packet + 8, &source, 4);
    write_mark(packet + HEADER, codec, (uint32_t)index, leg->sequence);
    uint64_t now = now_ns(CLOCK_REALTIME);
    leg->sent_at[leg->sequence % HISTORY] = now;
    marks_sent += now >= counted_from && now < counted_to;
    leg->sequence++;
}

static void speak(int fd, struct sockaddr_in *to, int count, int mixed, int slot) {
    int filled = 0;
    for (int leg = 0; leg < count; leg++) {
        // Whoever talk with each other do not speak at the same moment.
        if ((leg * 7 + leg / SLOTS) % SLOTS != slot) continue;
        write_packet(packets_out[filled], leg, codec_of(leg, mixed));
        prepare(filled, to, leg);
        if (++filled == BATCH) {
            flush(fd, filled);
            filled = 0;
        }
    }
    flush(fd, filled);
}

static double quantile_ms(double q) {
    uint64_t sum = 0, wanted = (uint64_t)(q * (double)marks_heard);
    for (int i = 0; i < BINS; i++) {
        sum += bins[i];
        if (sum > wanted) return i / 1000.0;
    }
    return 0;
}

// Tells on standard output when the window begins and ends, so that CPU can be read there.
static void tell(const char *word) {
    puts(word);
    fflush(stdout);
}

static void load(int count, int mixed, int port, int warm, int seconds) {
    int fd = open_socket(INADDR_ANY, 0);
    struct sockaddr_in own, to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    socklen_t length = sizeof own;
    getsockname(fd, (struct sockaddr *)&own, &length);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    printf("port %d\n", ntohs(own.sin_port));
    fflush(stdout);
    // The legs are opened for this port; then a line on standard input says go.
    if (getchar() == EOF) exit(1);
    uint64_t start = now_ns(CLOCK_REALTIME), next = start, late = 0;
    counted_from = start + (uint64_t)warm * 1000000000u;
    counted_to = counted_from + (uint64_t)seconds * 1000000000u;
    int began = 0;
    for (uint64_t slot = 0;; slot++, next += 1000000) {
        uint64_t now = now_ns(CLOCK_REALTIME);
        if (now > counted_to + 500000000u) break;
        if (!began && now >= counted_from) {
            began = 1;
            tell("begin");
        }
        if (began == 1 && now >= counted_to) {
            began = 2;
            tell("end");
        }
        late += now > next + 20000000;
        speak(fd, &to, count, mixed, (int)(slot % SLOTS));
        receive_all(fd);
        now = now_ns(CLOCK_REALTIME);
        if (now < next + 1000000) {
            struct timespec rest = {0, (long)(next + 1000000 - now)};
            nanosleep(&rest, NULL);
        }
        receive_all(fd);
    }
    printf("sent %lu heard %lu packets %lu doubles %lu illegible %lu late %lu p50 %.3f p99 %.3f\n",
           marks_sent, marks_heard, packets_heard, doubles, illegible, late, quantile_ms(0.5),
           quantile_ms(0.99));
}

static void reflect(int port) {
    static struct mmsghdr headers[BATCH];
    int fd = open_socket(INADDR_LOOPBACK, port);
    tell("ready");
    for (;;) {
        int count = receive_batch(fd, headers, MSG_WAITFORONE);
        for (int i = 0; i < count; i++) {
            headers[i].msg_hdr.msg_iov->iov_len = headers[i].msg_len;
            headers[i].msg_hdr.msg_control = NULL;
            headers[i].msg_hdr.msg_controllen = 0;
        }
        for (int done = 0; done < count;) {
            int sent = sendmmsg(fd, headers + done, (unsigned)(count - done), 0);
            done += sent > 0 ? sent : 1;
        }
    }
}

int main(int count, char **words) {
    make_tables();
    if (count == 7 && strcmp(words[1], "load") == 0) {
        load(atoi(words[2]), atoi(words[3]), atoi(words[4]), atoi(words[5]), atoi(words[6]));
    } else if (count == 3 && strcmp(words[1], "reflect") == 0) {
        reflect(atoi(words[2]));
    } else {
        fputs("rtp_load load LEGS MIXED PORT WARM SECONDS | reflect PORT\n", stderr);
        return 2;
    }
    return 0;
}
